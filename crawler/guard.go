package crawler

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"syscall"
)

// ErrPrivate: the address is not a public one.
var ErrPrivate = errors.New("not a public address: allow_private permits it")

// unicast is all that the IANA has given out for public IPv6 hosts. Outside it
// lie loopback, link-local, unique-local and multicast addresses, and the forms
// that carry an IPv4 address (::a.b.c.d, 64:ff9b::/96), which would lead around
// the list below.
var unicast = netip.MustParsePrefix("2000::/3")

// special are the ranges that are no public hosts, from the IANA registries of
// special-purpose IPv4 and IPv6 addresses, multicast and 6to4 included.
var special = func() []netip.Prefix {
	var out []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
		"192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
		"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
	} {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}()

// public reports whether an address is that of a public host.
func public(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if !addr.IsValid() || addr.Is6() && !unicast.Contains(addr) {
		return false
	}
	for _, p := range special {
		if p.Contains(addr) {
			return false
		}
	}
	return true
}

// guard is asked by the dialler with the address it is about to connect to:
// after the name was looked up, and for every redirect.
func guard(network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("%w: %s", ErrPrivate, address)
	}
	if !public(ap.Addr()) {
		return fmt.Errorf("%w: %s", ErrPrivate, address)
	}
	return nil
}

// badPorts are those behind which other services listen, as browsers refuse
// them (the "bad ports" of the WHATWG's Fetch standard): a request to one may be
// an attack on it.
var badPorts = func() map[string]bool {
	out := map[string]bool{}
	for p := range strings.FieldsSeq(`0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119
		123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719
		1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080`) {
		out[p] = true
	}
	return out
}()
