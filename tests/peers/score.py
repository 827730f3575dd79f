import sys, time
import rules, servers
E = sys.argv[1].split(",") if sys.argv[1:] else [*servers.OURS, *servers.PEERS]
S = sys.argv[2].split(",") if sys.argv[2:] else None
for name in E:
    for subject in rules.subjects():
        if S and subject.name not in S: continue
        start=time.time()
        with servers.running(name, servers.HERE / "apps", f"{subject.app}:application") as server:
            bad=0
            for rule in subject.rules:
                if rule.probe is None: continue
                if server.ended(): print("ENDED")
                saw = rules.look(rule, server)
                if saw: print(f"{name:20} ✗ {rule.kind[0]} {rule.id}: {saw[:230]}"); bad+=1
        print(name, subject.name, len(subject.rules)-bad, len(subject.rules), round(time.time()-start,1))
