"""Switch the loopback interface of a new network namespace on, and make sure that nothing else is there.

`ip link set lo up` for machines without iproute2 (netdevice(7)).
"""

from __future__ import annotations

import fcntl
import socket
import struct

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    asked = struct.pack("16sh14x", b"lo", 0)
    flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, asked))[1]
    fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))

reachable = [
    name
    for _, name in socket.if_nameindex()
    if name != "lo" and not name.startswith(("tunl", "sit", "gre", "erspan", "ip6", "ip_vti", "teql"))
]
if reachable:
    raise SystemExit(f"other interfaces are there: {reachable}")
