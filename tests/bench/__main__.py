"""``python -m tests.bench [NAME …]``: every bench after the other, each beside its peers in one run."""

import subprocess
import sys

BENCHES = {
    "rpc": "RPC: ours, stock nameko, bare py-amqp",
    "gateway": "Gateway: ours beside an app with a proxy per request",
    "events": "Events: commit to handled effect",
    "roster_import": "Roster import: 1,000 and 10,000 rows",
    "similarity": "Similarity: a report against 200 and 2,000 others",
}


def main() -> int:
    """Run the named benches, all by default; 1 when one missed its target."""
    unknown = set(sys.argv[1:]) - BENCHES.keys()
    if unknown:
        print(f"没有这些测量 / no such bench: {', '.join(sorted(unknown))}; {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    failed = []
    for name in sys.argv[1:] or BENCHES:
        print(f"\n== {BENCHES[name]}", flush=True)
        if subprocess.run([sys.executable, "-W", "ignore", "-m", f"tests.bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\n未达目标或出错 / missed or broken: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
