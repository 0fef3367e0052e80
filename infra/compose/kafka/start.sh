#!/bin/sh
# Formats the volume once, with a SCRAM user per service and one reader per insurer, then runs the broker.
set -eu
home=${KAFKA_HOME:-/opt/kafka}
properties=${KAFKA_PROPERTIES:-/tmp/server.properties}
users="ziv-admin ziv-affiliation ziv-contributions ziv-rights ziv-reimbursement ziv-landsbond ziv-riziv ziv-clock ziv-anchor
  landsbond-100 landsbond-200 landsbond-300 landsbond-400 landsbond-500 landsbond-600 landsbond-900"

module=org.apache.kafka.common.security.scram.ScramLoginModule
umask 077
{
  cat "${KAFKA_SETTINGS:-/etc/ziv/server.properties}"
  for listener in services outside; do
    echo "listener.name.$listener.scram-sha-512.sasl.jaas.config=$module required username=\"ziv-admin\" password=\"$ZIV_KAFKA_PASSWORD\";"
  done
} >"$properties"

set --
for user in $users; do
  set -- "$@" --add-scram "SCRAM-SHA-512=[name=$user,password=$ZIV_KAFKA_PASSWORD]"
done
# its output holds what passwords are checked against
"$home/bin/kafka-storage.sh" format --ignore-formatted --cluster-id "$ZIV_KAFKA_CLUSTER" --config "$properties" "$@" >/dev/null
exec "$home/bin/kafka-server-start.sh" "$properties"
