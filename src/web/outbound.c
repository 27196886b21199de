/* Where connections may go; see outbound.h. */
#include "web/outbound.h"

#include <arpa/inet.h>

/* IPv4 stands in the last four bytes, as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). */
struct address {
	unsigned char b[16];
};
struct network {
	struct address at;
	unsigned bits;
};

static bool is_v4(const struct address *a)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	return memcmp(a->b, mapped, sizeof mapped) == 0;
}

static bool address_of(const char *text, struct address *ret)
{
	*ret = (struct address){ 0 };
	if (inet_pton(AF_INET6, text, ret->b) == 1)
		return true;
	ret->b[10] = ret->b[11] = 0xff;
	return inet_pton(AF_INET, text, ret->b + 12) == 1;
}

static bool within(const struct address *a, const struct network *n)
{
	unsigned whole = n->bits / 8, rest = n->bits % 8;
	return memcmp(a->b, n->at.b, whole) == 0 && (!rest || (a->b[whole] ^ n->at.b[whole]) >> (8 - rest) == 0);
}

static bool network_of(struct str text, struct network *ret)
{
	char address[INET6_ADDRSTRLEN];
	ptrdiff_t slash = str_index(text, '/');
	int64_t bits;
	if (slash < 1 || (size_t)slash >= sizeof address || !str_int(str_sub(text, (size_t)slash + 1, text.n), &bits))
		return false;
	memcpy(address, text.p, (size_t)slash);
	address[slash] = 0;
	bool v4 = !strchr(address, ':');
	if (bits < 0 || bits > (v4 ? 32 : 128) || !address_of(address, &ret->at))
		return false;
	ret->bits = (unsigned)bits + (v4 ? 96 : 0);
	return true;
}

static bool in_list(struct str list, const struct address *a)
{
	struct str part;
	while (str_cut(&list, ',', &part)) {
		struct network n;
		if (network_of(str_trim(part), &n) && within(a, &n))
			return true;
	}
	return false;
}

/* IPv4: what is not global. IPv6: of what is global (2000::/3) what is special all the same. */
static const char special_v4[] = "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,"
				 "192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4";
static const char special_v6[] = "2001::/23,2001:db8::/32,2002::/16,3fff::/20";

static bool is_global(const struct address *a)
{
	if (is_v4(a))
		return !in_list(str_of(special_v4), a);
	return in_list(S("2000::/3"), a) && !in_list(str_of(special_v6), a);
}

bool outbound_allowed(struct str networks, const struct sockaddr *to)
{
	struct address a = { .b = { [10] = 0xff, [11] = 0xff } };
	if (to->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, to, sizeof v4);
		memcpy(a.b + 12, &v4.sin_addr, 4);
	} else if (to->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, to, sizeof v6);
		memcpy(a.b, &v6.sin6_addr, 16);
	} else {
		return false;
	}
	return is_global(&a) || in_list(networks, &a);
}

bool outbound_networks_good(struct str networks)
{
	struct str part;
	while (str_cut(&networks, ',', &part)) {
		struct network n;
		if (!network_of(str_trim(part), &n))
			return false;
	}
	return true;
}

static bool is_listed_literal(struct str networks, struct str host)
{
	char text[INET6_ADDRSTRLEN];
	struct address a;
	bool v6 = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
	struct str bare = v6 ? str_sub(host, 1, host.n - 1) : host;
	if (!bare.n || bare.n >= sizeof text)
		return false;
	memcpy(text, bare.p, bare.n);
	text[bare.n] = 0;
	return address_of(text, &a) && in_list(networks, &a);
}

/* "[::1]:8443" -> "[::1]" */
static struct str host_of(struct str rest)
{
	size_t n = 0;
	bool inside = false;
	while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && (inside || rest.p[n] != ':')) {
		inside = rest.p[n] == '[' || (inside && rest.p[n] != ']');
		n++;
	}
	return str_sub(rest, 0, n);
}

bool outbound_url(struct str networks, struct str url, size_t max)
{
	bool tls = str_starts(url, S("https://")), plain = str_starts(url, S("http://"));
	if ((!tls && !plain) || url.n > max)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] > '~' || url.p[i] == '\\' || url.p[i] == '#' || url.p[i] == '@')
			return false;
	struct str host = host_of(str_sub(url, tls ? 8 : 7, url.n));
	return host.n && (tls || is_listed_literal(networks, host));
}
