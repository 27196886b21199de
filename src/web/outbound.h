/* Connections that the program makes at the wish of its users, to addresses that these have typed: not into the network it stands in.
 *
 * What counts is the address of the connection itself, when it is made: a name may lead anywhere, and elsewhere a moment later. Refused are
 * all addresses that the registries of special purpose (RFC 6890; IANA) do not call global: this machine, private networks, link-local (with the
 * metadata services of clouds), multicast, documentation, translations of IPv4 into IPv6. What stands in the setting private_networks is
 * allowed although it is refused otherwise: "10.1.0.0/16, fd00:1::/32". */
#ifndef WEB_OUTBOUND_H
#define WEB_OUTBOUND_H
#include "base/ctx.h"

struct sockaddr;
/* networks: as the setting has it. */
bool outbound_allowed(struct str networks, const struct sockaddr *to);
/* Whether the text is a list of networks: ADDRESS/BITS with commas between; may be empty. */
bool outbound_networks_good(struct str networks);
/* An address of the web that may be called: https with a host, or http with a literal IPv4 or IPv6 address of the networks. No names and passwords,
 * no fragments, nothing but printable ASCII, at most `max` bytes. */
bool outbound_url(struct str networks, struct str url, size_t max);
#endif
