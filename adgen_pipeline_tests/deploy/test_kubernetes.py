"""The chart's values and our own manifests, held to what they promise. Not run here: no cluster, no helm.

The values are checked against a strict schema of the part of the chart that they use, and what becomes of them in
Dagster against Dagster's and dagster-k8s's own; the manifests against Kubernetes' schemas, which are in a wheel.
"""

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from dagster._cli import create_dagster_cli
from dagster._config import process_config, resolve_to_config_type
from dagster._core.instance.config import dagster_instance_config_schema
from dagster_k8s import K8sRunLauncher
from dagster_k8s.container_context import K8sContainerContext

from adgen_pipeline.cli import main
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.deploy.commands import parsed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
VALUES = yaml.safe_load((FOLDER / "values.yaml").read_text())
SCHEMA = json.loads((FOLDER / "values.schema.json").read_text())
LAUNCHER = VALUES["runLauncher"]["config"]["k8sRunLauncher"]
CODE = VALUES["dagster-user-deployments"]["deployments"][0]
MANIFESTS = [
    one
    for file in sorted(FOLDER.glob("*/*.yaml"))
    if file.name != "kustomization.yaml"
    for one in yaml.safe_load_all(file.read_text())
]
BY_NAME = {(one["kind"], one["metadata"]["name"]): one for one in MANIFESTS}
JOBS = {name: one["spec"]["jobTemplate"] for (kind, name), one in BY_NAME.items() if kind == "CronJob"}
PODS = {
    name: JOBS.get(name, one)["spec"]["template"]["spec"]
    for (kind, name), one in BY_NAME.items()
    if kind in ("Deployment", "Job", "CronJob")
}
FROM_THE_CHART = {"adgen-dagster-instance", "adgen-dagster-workspace-yaml"}
SECRETS = {"adgen-state", "adgen-services", "adgen-doors", "adgen-postgresql"}
KUBERNETES = "1.33"


def test_the_values_fit_the_chart() -> None:
    """Every key is one that the chart knows, with a value of its kind."""
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(VALUES, SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("dagsterWebserver", "replicaCount"), 1),
        (("dagsterWebserver", "enableReadOnly"), True),
        (("ingress", "enabled"), True),
        (("telemetry", "enabled"), True),
        (("postgresql", "postgresqlPassword"), "a password"),
        (("dagsterDaemon", "resource"), {}),
        (("runLauncher", "config", "k8sRunLauncher", "envSecret"), []),
        (("runLauncher", "type"), "CeleryK8sRunLauncher"),
    ],
)
def test_wrong_values_do_not(path: tuple[str, ...], value: Any) -> None:
    """A bare webserver, a password in the file, usage statistics, a misspelt key, another launcher."""
    wrong = copy.deepcopy(VALUES)
    within = wrong
    for name in path[:-1]:
        within = within[name]
    within[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


def _run_launcher() -> dict[str, Any]:
    """What the chart's template makes of `k8sRunLauncher` for release `adgen` in namespace `adgen`."""
    names = {"env_config_maps": "envConfigMaps", "env_secrets": "envSecrets"}
    taken = {"volumes", "labels", "resources"}
    return {
        "load_incluster_config": LAUNCHER["loadInclusterConfig"],
        "job_namespace": "adgen",
        "image_pull_policy": LAUNCHER["imagePullPolicy"],
        "service_account_name": "adgen-dagster",
        "dagster_home": VALUES["global"]["dagsterHome"],
        "instance_config_map": "adgen-dagster-instance",
        "postgres_password_secret": VALUES["global"]["postgresqlSecretName"],
        "volume_mounts": LAUNCHER["volumeMounts"],
        "security_context": LAUNCHER["securityContext"],
        "run_k8s_config": {
            "pod_spec_config": LAUNCHER["runK8sConfig"]["podSpecConfig"],
            "job_spec_config": LAUNCHER["runK8sConfig"]["jobSpecConfig"],
        },
        **{ours: [one["name"] for one in LAUNCHER[theirs]] for ours, theirs in names.items()},
        **{name: LAUNCHER[name] for name in taken},
    }


def test_the_run_launcher_takes_its_configuration() -> None:
    """By dagster-k8s's own schema, the pods' raw configuration by Kubernetes' models; a wrong key is refused."""
    kind = resolve_to_config_type(K8sRunLauncher.config_type())
    assert process_config(kind, _run_launcher()).success
    assert not process_config(kind, _run_launcher() | {"env_secret": []}).success
    raw = _run_launcher()["run_k8s_config"]
    context = K8sContainerContext.create_from_config({"k8s": {"run_k8s_config": raw}})
    assert context.run_k8s_config.job_spec_config["ttl_seconds_after_finished"] == 86400
    assert context.run_k8s_config.pod_spec_config["security_context"]["run_as_non_root"]


def test_dagster_takes_the_rest() -> None:
    """By its own schema of dagster.yaml; a wrong key is refused."""
    kind = resolve_to_config_type(dagster_instance_config_schema())
    more = VALUES["additionalInstanceConfig"]
    assert process_config(kind, more | {"telemetry": VALUES["telemetry"]}).success
    assert not process_config(kind, more | {"run_retry": {}}).success


def test_the_code_server_takes_its_words() -> None:
    """Those that the chart puts behind its own command, by the command itself."""
    words = ("code-server", "start", "--host", "0.0.0.0", "--port", str(CODE["port"]), *CODE["codeServerArgs"])
    assert parsed(create_dagster_cli(), words) == "code-server start"


def test_runs_are_looked_after_as_everywhere() -> None:
    """Retries, ticks and slots are dagster.yaml's; what the chart writes itself is not written twice."""
    ours, theirs = yaml.safe_load((ROOT / "dagster.yaml").read_text()), VALUES["additionalInstanceConfig"]
    assert {name: theirs[name] for name in ("run_retries", "retention", "nux")} == {
        name: ours[name] for name in ("run_retries", "retention", "nux")
    }
    for name, value in ours["run_monitoring"].items():
        assert theirs["run_monitoring"][name] >= value
    assert not set(theirs) & {"storage", "run_storage", "run_launcher", "run_coordinator", "compute_logs", "telemetry"}
    assert not any(
        VALUES["dagsterDaemon"][name]["enabled"] for name in ("runCoordinator", "runMonitoring", "runRetries")
    )


def test_no_webserver_without_a_guard() -> None:
    """The chart's has no replicas and no ingress, and would find no program in the image; ours is `adgen ui`."""
    assert VALUES["dagsterWebserver"]["replicaCount"] == 0 and not VALUES["ingress"]["enabled"]
    assert PODS["adgen-ui"]["containers"][0]["command"][:2] == ["adgen", "ui"]
    assert {"secretRef": {"name": "adgen-doors"}} in PODS["adgen-ui"]["containers"][0]["envFrom"]
    assert not [name for kind, name in BY_NAME if kind == "Ingress"]
    assert {one["spec"]["type"] for (kind, _), one in BY_NAME.items() if kind == "Service"} == {"ClusterIP"}


@pytest.mark.parametrize("name", sorted(f"{kind} {name}" for kind, name in BY_NAME))
def test_the_manifests_fit_kubernetes(name: str) -> None:
    """Strictly, by the schemas of one of its versions: no field that it does not know."""
    kind, _, called = name.partition(" ")
    kubernetes_validate.validate(BY_NAME[kind, called], KUBERNETES, strict=True)


def test_a_wrong_manifest_does_not() -> None:
    """A misspelt field, which Kubernetes itself would drop without a word."""
    wrong = copy.deepcopy(BY_NAME["Deployment", "adgen-api"])
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def _confinements() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Of each pod: its name, the pod's security, its container's, and the container's resources."""
    for name, pod in PODS.items():
        one = pod["containers"][0]
        yield name, pod["securityContext"], one["securityContext"], one["resources"]
    for name, told in (("code", CODE), ("daemon", VALUES["dagsterDaemon"])):
        yield name, told["podSecurityContext"], told["securityContext"], told["resources"]
    pod = LAUNCHER["runK8sConfig"]["podSpecConfig"]["securityContext"]
    yield "run", pod, LAUNCHER["securityContext"], LAUNCHER["resources"]


@pytest.mark.parametrize(
    ("name", "pod", "container", "resources"), list(_confinements()), ids=lambda one: str(one)[:12]
)
def test_each_pod_is_confined(name: str, pod: Any, container: Any, resources: Any) -> None:
    """What the "restricted" profile of Kubernetes asks for, a root that cannot be written, and a limit of memory."""
    assert pod["runAsNonRoot"] and pod["runAsUser"] == 10001 and pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["readOnlyRootFilesystem"] and not container["allowPrivilegeEscalation"]
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert resources["limits"]["memory"] and resources["requests"]["cpu"]


def test_pods_are_watched_and_selected() -> None:
    """Each deployment of ours has its three probes on a port that it opens; services and policies choose real pods."""
    labels = [
        one["spec"]["template"]["metadata"]["labels"] for (kind, _), one in BY_NAME.items() if kind == "Deployment"
    ]
    for (kind, name), one in BY_NAME.items():
        if kind == "Deployment":
            container = PODS[name]["containers"][0]
            ports = {port["containerPort"] for port in container["ports"]}
            probes = [container[f"{probe}Probe"] for probe in ("startup", "readiness", "liveness")]
            assert {probe.get("httpGet", probe.get("tcpSocket"))["port"] for probe in probes} <= ports
            assert (
                one["spec"]["selector"]["matchLabels"].items() <= one["spec"]["template"]["metadata"]["labels"].items()
            )
        if kind == "Service":
            assert any(one["spec"]["selector"].items() <= label.items() for label in labels), name
    chosen = {one["spec"]["podSelector"].get("matchLabels", {}).get("adgen-role") for one in _policies()}
    assert chosen == {None, "ui", "api", "studio"}
    assert LAUNCHER["labels"] == {"adgen-role": "run"}, "by which the studio's policy knows runs"


def test_nobody_reaches_what_is_not_named() -> None:
    """All pods of the namespace are closed; the code server and the studio, which ask for no token, to outsiders."""
    nobody = BY_NAME["NetworkPolicy", "adgen-nobody"]["spec"]
    assert nobody == {"podSelector": {}, "policyTypes": ["Ingress"]}
    for name in ("adgen-code", "adgen-studio"):
        for rule in BY_NAME["NetworkPolicy", name]["spec"]["ingress"]:
            assert rule["from"] and all(set(peer) == {"podSelector"} and peer["podSelector"] for peer in rule["from"])
    assert BY_NAME["NetworkPolicy", "adgen-code"]["spec"]["podSelector"]["matchLabels"]["deployment"] == CODE["name"]


def _policies() -> list[dict[str, Any]]:
    return [one for (kind, _), one in BY_NAME.items() if kind == "NetworkPolicy"]


def test_what_is_named_is_there() -> None:
    """ConfigMaps and secrets by their names; commands; settings, which would be ignored if misspelt."""
    known = {field.upper() for field in Settings.model_fields} | {
        "AWS_DEFAULT_REGION",
        "DAGSTER_HOME",
        "DAGSTER_PG_PASSWORD",
        "FORWARDED_ALLOW_IPS",
    }
    assert set(BY_NAME["ConfigMap", "adgen-settings"]["data"]) <= known
    for pod in PODS.values():
        container = pod["containers"][0]
        assert container["command"][0] == "adgen" and container["command"][1] in main.commands
        assert {one["name"] for one in container.get("env", [])} <= known
        sources = [(kind, one["name"]) for source in container.get("envFrom", []) for kind, one in source.items()]
        assert {name for kind, name in sources if kind == "secretRef"} <= SECRETS
        assert {name for kind, name in sources if kind == "configMapRef"} <= {"adgen-settings"}
        mounted = {one["name"] for one in pod["volumes"]}
        assert {one["name"] for one in container["volumeMounts"]} == mounted
        assert {one["configMap"]["name"] for one in pod["volumes"] if "configMap" in one} <= FROM_THE_CHART


def test_an_ingress_may_be_believed() -> None:
    """FORWARDED_ALLOW_IPS is uvicorn's: where it is to be put, both doors read it."""
    assert "\n  # FORWARDED_ALLOW_IPS: " in (FOLDER / "settings" / "settings.yaml").read_text()
    for name in ("adgen-ui", "adgen-api"):
        assert {"configMapRef": {"name": "adgen-settings"}} in PODS[name]["containers"][0]["envFrom"]


def test_retention_waits_to_be_asked_for() -> None:
    """It runs as everywhere, one at a time, and not before somebody says how long things are kept."""
    told, container = BY_NAME["CronJob", "adgen-retention"]["spec"], PODS["adgen-retention"]["containers"][0]
    assert told["suspend"] and told["concurrencyPolicy"] == "Forbid"
    assert not [name for name in BY_NAME["ConfigMap", "adgen-settings"]["data"] if name.startswith("KEEP_")]
    assert parsed(main, container["command"][1:]) == "retention"
    assert {"secretRef": {"name": "adgen-state"}} in container["envFrom"]
    resources = yaml.safe_load((FOLDER / "apps" / "kustomization.yaml").read_text())["resources"]
    assert {file.name for file in (FOLDER / "apps").glob("*.yaml")} - {"kustomization.yaml"} <= set(resources)


def test_who_needs_no_secret_gets_none() -> None:
    """The studio has none at all; tokens of services go to those who call them, tokens of doors to the doors."""
    of = {name: json.dumps(pod) for name, pod in PODS.items()}
    assert not [secret for secret in SECRETS if secret in of["adgen-studio"]]
    assert {name for name, told in of.items() if "adgen-doors" in told} == {"adgen-ui", "adgen-api"}
    assert "adgen-services" not in "".join(of.values())
    assert [one["name"] for one in CODE["envSecrets"]] == ["adgen-state", "adgen-services"]
    assert "adgen-doors" not in json.dumps(VALUES)


def test_no_secret_stands_in_the_files() -> None:
    """No manifest is a Secret, and no value of a name that sounds like one is given."""
    assert not [name for kind, name in BY_NAME if kind == "Secret"]
    for file in FOLDER.rglob("*.yaml"):
        told = re.sub(r"(?m)#.*$", "", file.read_text())
        for found in re.finditer(r"(?i)\b\w*(?:token|password|secret_?key)\w*: *(\S+)", told):
            assert found[1] in ('""', "false", "[", "{name:"), (file.name, found[0])


def test_kustomize_puts_it_together() -> None:
    """Where kubectl is: the image gets its registry and its version, the same as the chart's values."""
    kubectl = shutil.which("kubectl")
    if not kubectl:
        pytest.skip("no kubectl here")
    image = VALUES["dagsterWebserver"]["image"]
    for folder in ("apps", "migrate"):
        done = subprocess.run([kubectl, "kustomize", FOLDER / folder], capture_output=True, text=True, check=True)
        images = set(re.findall(r"image: (\S+)", done.stdout))
        assert images == {f"{image['repository']}:{image['tag']}"}
