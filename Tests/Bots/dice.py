#!/usr/bin/env python3
"""A bot for conclave/1 with nothing but Python's standard library: it throws a die for whoever says "!dice".

usage: dice.py HOST PORT CA-FILE [ROOM]
"""
import json, random, socket, ssl, sys

host, port, ca, room = (sys.argv[1:] + ["lobby"])[:4]
context = ssl.create_default_context(cafile=ca)
context.set_alpn_protocols(["conclave/1"])
stream = context.wrap_socket(socket.create_connection((host, int(port))), server_hostname=host).makefile("rw")

def ask(**request):
    stream.write(json.dumps(request) + "\n")
    stream.flush()

ask(op="enter", room=room, nick="dice", ref="enter")
for line in stream:
    message = json.loads(line)
    if message.get("event") == "said" and message["text"] == "!dice":
        who = message["from"]["nick"] or message["from"]["uid"]
        ask(op="say", room=room, text=f"{who} throws a {random.randint(1, 6)}")
    elif message.get("ok") is False or message.get("event") == "closing":
        sys.exit(f"dice.py: {message}")
