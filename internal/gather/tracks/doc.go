// Package tracks reads positions from field applications: Cursor-on-Target
// event messages, version 2.0, in XML. The kind of its sources is "tracks".
//
// # Where from
//
// The address says how: "tcp://host:8087" and "tls://host:8089" connect to a
// server and read its stream; "udp://239.2.3.1:6969" receives datagrams of a
// multicast group, or of an address of this machine (only for a private source,
// since it opens a port). Nothing is ever sent but what TLS needs. Options:
// "interface" names the network interface of a multicast group; "ca" is the
// authority (PEM) that a TLS server's certificate must come from, where that is
// no public one. The secrets "certificate" and "key" (PEM) prove us to a TLS
// server. Files of events are read too.
//
// A stream is a row of <event> elements, with or without an XML prolog between.
// What stands between them is skipped, and a message that breaks off ends where
// the next begins. A message has at most 256 KiB. The framings of TAK protocol
// version 1 (protobuf behind the byte 0xbf) are recognised and refused.
//
// # What is kept
//
// uid, type, how, time, start, stale and point are required (and version, which
// must be 2). lat and lon are degrees in WGS 84, hae, ce and le metres, where
// 9999999 is unknown. Times are UTC. Of the detail the callsign (contact), course
// and speed (track) and the remarks are kept and all else is dropped.
//
// Not kept, and counted in the problems:
//
//   - tasks (types t-...): this centre tasks nobody
//   - what is stale already, or says that it was made more than a day ahead of
//     now, which would hide all that comes after it
//   - what has no position: 0,0 without a known error is what a receiver without
//     a fix sends
//   - what its access attribute keeps from others, unless the source's marking
//     keeps it to the originator anyway: a track has no marking of its own
//   - what lacks one of the required parts
//
// A message of an exercise or simulation (opex) says so at the head of its
// remarks. An emergency (b-a-...) is kept like any other.
package tracks
