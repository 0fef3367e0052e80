// Exit code 0 when the service named on the command line answers that it is up.
const answer = await fetch(`http://127.0.0.1:8080/${process.argv[2]}/v1/health`).catch(() => null)
process.exit(answer?.ok ? 0 : 1)
