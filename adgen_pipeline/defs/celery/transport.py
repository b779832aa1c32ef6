"""Lets a worker outlive its broker: kombu's Redis transport (5.7) breaks down over messages of a lost connection.

A worker with late acknowledgement always has such messages when Redis is started anew. Closing the old connection,
kombu would put them back over that very connection, and so would an acknowledgement after that. Neither is needed here:
a message that nobody acknowledged is given out again, and a step that has ended is read back.
"""

from typing import Any

from kombu.transport import redis


class _Books(redis.QoS):
    """Acknowledges over connections that are there."""

    def ack(self, delivery_tag: Any) -> None:
        """The message has been dealt with."""
        if self.channel.connection is not None and not self.channel.closed:
            super().ack(delivery_tag)

    def reject(self, delivery_tag: Any, requeue: bool = False) -> None:
        """The message goes back, or away."""
        if self.channel.connection is not None and not self.channel.closed:
            super().reject(delivery_tag, requeue=requeue)


def outlive_the_broker() -> None:
    """For all connections that this process makes from now on."""
    redis.Channel.QoS, redis.Channel.do_restore = _Books, False
