package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"pakta"
)

// productToken is the name that robots.txt files address pakta by.
const productToken = "pakta"

// errRobots: robots.txt could not be had, so nothing may be asked for yet.
var errRobots = errors.New("robots.txt cannot be read, so the site is left alone for now")

// robotsRules are the rules of one robots.txt for pakta, after RFC 9309.
type robotsRules struct {
	rules    []robotsRule
	delay    time.Duration
	sitemaps []string
}

type robotsRule struct {
	allow bool
	path  string // may hold * and a final $
}

// parseRobots reads a robots.txt. It never fails: lines that make no sense are
// passed over. The most specific group counts: "pakta" before "*".
func parseRobots(text []byte) *robotsRules {
	if len(text) >= maxRobots {
		text = text[:bytes.LastIndexByte(text[:maxRobots], '\n')+1]
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var own, all, sitemaps robotsRules
	var group []*robotsRules // groups the lines belong to
	agents, sawOwn := false, false
	for line := range strings.FieldsFuncSeq(string(text), func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if !agents {
				group, agents = nil, true
			}
			switch agent := strings.ToLower(value); {
			case agent == "*":
				group = append(group, &all)
			case strings.HasPrefix(agent, productToken):
				group, sawOwn = append(group, &own), true
			}
		case "allow", "disallow":
			agents = false
			for _, g := range group {
				g.add(key == "allow", value)
			}
		case "crawl-delay":
			agents = false
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 1e6 {
				for _, g := range group {
					g.delay = time.Duration(s * float64(time.Second))
				}
			}
		case "sitemap":
			sitemaps.sitemaps = append(sitemaps.sitemaps, value)
		}
	}
	rules := &all
	if sawOwn {
		rules = &own
	}
	rules.sitemaps = sitemaps.sitemaps[:min(len(sitemaps.sitemaps), maxSitemapFiles)]
	return rules
}

// add takes a rule up. Lines that fit no address are passed over.
func (r *robotsRules) add(allow bool, path string) {
	if len(path) <= maxURL && (strings.HasPrefix(path, "/") || strings.HasPrefix(path, "*")) {
		r.rules = append(r.rules, robotsRule{allow, unescape(path)})
	}
}

// allows reports whether an address may be asked for: the longest rule that
// fits decides, and of equals the one that allows.
func (r *robotsRules) allows(u *url.URL) bool {
	if u.Path == "/robots.txt" {
		return true
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = unescape(path)
	allow, longest := true, -1
	for _, rule := range r.rules {
		if n := len(rule.path); (n > longest || n == longest && rule.allow) && fits(rule.path, path) {
			allow, longest = rule.allow, n
		}
	}
	return allow
}

// unescape brings percent-encoding to one form.
func unescape(path string) string {
	if p, err := url.PathUnescape(path); err == nil {
		return p
	}
	return path
}

// fits matches a rule's path: a prefix in which * is any run and a final $ the
// end. It takes the leftmost place for each part, which is enough, in linear
// time for each.
func fits(pattern, path string) bool {
	end := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	if len(parts) == 1 {
		return !end || path == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	last := parts[len(parts)-1]
	if end {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}

// robotsTTL is how long a robots.txt is relied on; RFC 9309 asks for a day at
// most.
const robotsTTL = 24 * time.Hour

// robotsCache has the rules of each host for the time of a run.
type robotsCache struct {
	fetch func(context.Context, string) (*pakta.Page, error)
	now   func() time.Time
	mu    sync.Mutex
	rules map[string]*robotsEntry
}

type robotsEntry struct {
	once  sync.Once
	from  time.Time
	rules *robotsRules
	err   error
}

// of gives the rules for an address. 4xx means that everything is allowed,
// 5xx and no answer that nothing is for now.
func (c *robotsCache) of(ctx context.Context, u *url.URL) (*robotsRules, error) {
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	c.mu.Lock()
	e := c.rules[origin]
	if e == nil || c.now().Sub(e.from) > robotsTTL {
		e = &robotsEntry{from: c.now()}
		c.rules[origin] = e
	}
	c.mu.Unlock()
	e.once.Do(func() { e.rules, e.err = c.read(ctx, origin+"/robots.txt") })
	return e.rules, e.err
}

func (c *robotsCache) read(ctx context.Context, address string) (*robotsRules, error) {
	page, err := c.fetch(ctx, address)
	switch {
	case errors.Is(err, errRedirect):
		return &robotsRules{}, nil // as good as none, by RFC 9309
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errRobots, err)
	case page.Status == 429 || page.Status >= 500:
		return nil, fmt.Errorf("%w: status %d", errRobots, page.Status)
	case page.Status >= 400:
		return &robotsRules{}, nil
	}
	return parseRobots(page.Body), nil
}
