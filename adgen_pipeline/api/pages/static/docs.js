// Swagger UI over the API's own description. Its badge of an online validator stays off: nothing leaves this server.

window.SwaggerUIBundle({
  url: document.body.dataset.openapi,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
});
