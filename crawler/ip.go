package crawler

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// machines finds out which hosts are one machine, for Options.OnePerIP: dozens
// of villages share a server that is smaller than any of them thinks.
type machines struct {
	queues *hosts
	lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)
	mu     sync.Mutex
	known  map[string]string // address by host, "" for none
}

func newMachines(queues *hosts) *machines {
	return &machines{queues: queues, lookup: net.DefaultResolver.LookupNetIP, known: map[string]string{}}
}

// wait waits for the turn of the machine that a host is on; release must be
// called when the request is done. A host whose address is not found has no
// machine to wait for: the request will say so.
func (m *machines) wait(ctx context.Context, host string) (release func(), err error) {
	ip := m.address(ctx, host)
	if ip == "" {
		return func() {}, ctx.Err()
	}
	return m.queues.wait(ctx, ip)
}

// address is the IP address of a host, the least of several, for the time of a
// run.
func (m *machines) address(ctx context.Context, host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	m.mu.Lock()
	ip, known := m.known[host]
	m.mu.Unlock()
	if known {
		return ip
	}
	all, err := m.lookup(ctx, "ip", host)
	if ctx.Err() != nil {
		return ""
	}
	if err == nil && len(all) > 0 {
		ip = slices.MinFunc(all, netip.Addr.Compare).Unmap().String()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[host] = ip
	return ip
}
