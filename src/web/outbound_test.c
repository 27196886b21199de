/* Where connections may go: nowhere into the network that the program stands in, however it is written. */
#include "web/outbound.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool allowed(const char *networks, const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return outbound_allowed(str_of(networks), (struct sockaddr *)&v4);
	assert_int_equal(1, inet_pton(AF_INET6, text, &v6.sin6_addr));
	return outbound_allowed(str_of(networks), (struct sockaddr *)&v6);
}

static void test_public_addresses_are_allowed(void **state)
{
	static const char *const v[] = { "8.8.8.8", "164.100.1.1", "172.15.255.255", "172.32.0.0", "223.255.255.255", "2400:cb00::1", "2a00::1", "::ffff:8.8.8.8" };
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		assert_true(allowed("", v[i]));
}

static void test_our_own_network_is_not(void **state)
{
	static const char *const v[] = { "0.0.0.0",	 "127.0.0.1",	"127.255.255.255", "10.1.2.3",	      "172.16.0.1",    "172.31.255.255",	"192.168.1.1",
					 "169.254.169.254", "100.64.0.1", "224.0.0.1",	   "255.255.255.255", "198.18.0.1",    "192.0.2.1",	"::",
					 "::1",		 "fe80::1",	"fc00::1",	   "fd00:ec2::254",   "ff02::1",       "::ffff:127.0.0.1",	"::ffff:10.0.0.1",
					 "::127.0.0.1",	 "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",	      "2001:db8::1" };
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		if (allowed("", v[i])) {
			print_error("%s is allowed\n", v[i]);
			assert_true(false);
		}
}

static void test_what_the_setting_names_is_allowed(void **state)
{
	(void)state;
	assert_true(allowed("10.1.0.0/16, fd00:1::/32", "10.1.255.255"));
	assert_true(allowed("10.1.0.0/16, fd00:1::/32", "::ffff:10.1.0.1"));
	assert_true(allowed("10.1.0.0/16, fd00:1::/32", "fd00:1:2::3"));
	assert_false(allowed("10.1.0.0/16, fd00:1::/32", "10.2.0.1"));
	assert_false(allowed("10.1.0.0/16, fd00:1::/32", "fd00:2::1"));
	assert_true(allowed("10.0.0.4/30", "10.0.0.7"));
	assert_false(allowed("10.0.0.4/30", "10.0.0.8"));
}

static void test_networks_are_read_or_refused(void **state)
{
	static const char *const bad[] = { "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::1/129", "here/8", "10.0.0.0/8,x", "10.0.0.0/-1", "/8" };
	(void)state;
	assert_true(outbound_networks_good(S("")));
	assert_true(outbound_networks_good(S("127.0.0.0/8, ::1/128")));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(outbound_networks_good(str_of(bad[i])));
}

static void test_addresses_of_the_web(void **state)
{
	static const char *const bad[] = { "",		     "http://hr.example.gov.in/", "ftp://hr.example.gov.in/", "https://",	   "https:///x", "https://u:p@host/",
					   "https://host/#f", "https://host/a b",	  "http://10.0.0.1/",	      "http://10.1.0.1.evil/", "https://host\\@x/", "http://[::1]/" };
	(void)state;
	assert_true(outbound_url(S(""), S("https://hr.example.gov.in/hooks?x=1"), 500));
	assert_true(outbound_url(S("10.1.0.0/16"), S("http://10.1.0.1:8080/x"), 500));
	assert_true(outbound_url(S("::1/128"), S("http://[::1]:8080/x"), 500));
	assert_false(outbound_url(S(""), S("https://hr.example.gov.in/hooks"), 10));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (outbound_url(S("10.1.0.0/16"), str_of(bad[i]), 500))
			print_error("%s is taken\n", bad[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(outbound_url(S("10.1.0.0/16"), str_of(bad[i]), 500));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_public_addresses_are_allowed),	   cmocka_unit_test(test_our_own_network_is_not),
		cmocka_unit_test(test_what_the_setting_names_is_allowed), cmocka_unit_test(test_networks_are_read_or_refused),
		cmocka_unit_test(test_addresses_of_the_web),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
