package main

import (
	"net/url"
	"regexp"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"pakta/crawler"
)

// source is one entry of "sources".
type source struct {
	name, url, region string
	line              int
	known             bool // of the starter list
	insecureTLS       bool
}

// crawled is the source as the crawler wants it.
func (s source) crawled() crawler.Source {
	return crawler.Source{Name: s.name, URL: s.url, Region: s.region, InsecureTLS: s.insecureTLS}
}

// sourceKeys are the keys of an entry of "sources".
func sourceKeys() []string { return []string{"name", "url", "region", "insecure_tls"} }

// sourceName is what a source may be called: it appears on command lines, in
// reports and in addresses.
var sourceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// regionCode is the shape of a Kemendagri code of a province or a kabupaten.
var regionCode = regexp.MustCompile(`^[0-9]{2}(\.[0-9]{2})?$`)

// sources reads the list of sources.
func (c *config) sources(node ast.Node) []source {
	if _, null := node.(*ast.NullNode); null {
		return nil
	}
	seq, ok := node.(*ast.SequenceNode)
	if !ok {
		c.complain(node.GetToken(), `sources: want a list: - {name: x, url: "https://..."}`)
		return nil
	}
	var all []source
	lines := map[string]int{}
	for _, item := range seq.Values {
		m := c.mapping("sources", item)
		if m == nil {
			continue
		}
		s := c.source(m)
		if first, dup := lines[s.name]; dup && s.name != "" {
			c.complain(item.GetToken(), "sources: the name %s is taken by line %d; give each source its own", s.name, first)
		}
		lines[s.name] = s.line
		all = append(all, s)
	}
	return all
}

// source reads one entry of the list.
func (c *config) source(m *ast.MappingNode) source {
	at := m.GetToken()
	s := source{line: at.Position.Line}
	c.each("", m, func(key string, at *token.Token, value ast.Node) {
		text, ok := scalar(value)
		fields := map[string]*string{"name": &s.name, "url": &s.url, "region": &s.region}
		switch {
		case key == "insecure_tls":
			s.insecureTLS = c.truth("sources: insecure_tls", value)
		case fields[key] == nil:
			c.complain(at, "unknown key %s in sources%s", key, didYouMean(key, sourceKeys()))
		case !ok:
			c.complain(at, "sources: %s: want a plain value", key)
		default:
			*fields[key] = text
			c.checkSource(key, text, value.GetToken())
		}
	})
	if s.name == "" || s.url == "" {
		c.complain(at, "sources: an entry needs a name and a url")
	}
	return s
}

// checkSource checks one value of a source.
func (c *config) checkSource(key, text string, at *token.Token) {
	switch key {
	case "name":
		if !sourceName.MatchString(text) {
			c.complain(at, "sources: name %.40q: want letters, digits, dots, hyphens, underscores", text)
		}
	case "url":
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			c.complain(at, "sources: url %.80q: want an address such as https://example.id/", text)
		}
	case "region":
		if !regionCode.MatchString(text) {
			c.complain(at, `sources: region %.40q: want a Kemendagri code in quotes: "15" or "15.04"`, text)
		}
	}
}
