package crawler

import (
	"bytes"
	_ "embed" // the table of sites
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"

	"pakta"
)

// SiteRule says where a site has the parts of its articles, as CSS selectors.
// An empty selector leaves its part to the generic reader, and so does one
// that finds nothing: layouts change without notice.
type SiteRule struct {
	// Host is the site; the rule is for its subdomains too.
	Host string
	// From and Until are the first day and the day after the last on which
	// pages were fetched that have this layout; zero is open.
	From, Until time.Time

	Title, Text, Published, Author string
	// Remove is left out of the text.
	Remove string
}

// siteColumns is the first line of a table of sites.
var siteColumns = []string{"host", "from", "until", "title", "text", "published", "author", "remove"}

// maxSites bounds a table of sites.
const maxSites = 10_000

// ParseSites reads a table of sites: CSV with the columns host, from, until
// (days as 2006-01-02, or empty), title, text, published, author, remove,
// sorted by host and from. The error has every complaint, a line each.
func ParseSites(name string, r io.Reader) ([]SiteRule, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord = len(siteColumns)
	head, err := c.Read()
	if err != nil || !slices.Equal(head, siteColumns) {
		return nil, fmt.Errorf("%s:1: want the columns %s", name, strings.Join(siteColumns, ","))
	}
	probe := &document{root: parse([]byte("<p>x</p>"))}
	var rules []SiteRule
	var wrong []error
	for len(rules) < maxSites {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return rules, errors.Join(wrong...)
		}
		if err != nil {
			return nil, errors.Join(append(wrong, fmt.Errorf("read sites %s: %w", name, err))...)
		}
		at, _ := c.FieldPos(0)
		rule, complaints := siteRule(row, probe)
		if n := len(rules); n > 0 && (rules[n-1].Host > rule.Host || rules[n-1].Host == rule.Host && !rules[n-1].From.Before(rule.From)) {
			complaints = append(complaints, "not sorted by host and from")
		}
		for _, complaint := range complaints {
			wrong = append(wrong, fmt.Errorf("%s:%d: %s", name, at, complaint))
		}
		rules = append(rules, rule)
	}
	return nil, fmt.Errorf("%s: more than %d sites; split the table", name, maxSites)
}

// siteRule makes a rule of a row, and says what is wrong with it.
func siteRule(row []string, probe *document) (rule SiteRule, complaints []string) {
	rule = SiteRule{Host: strings.ToLower(row[0]), Title: row[3], Text: row[4], Published: row[5], Author: row[6], Remove: row[7]}
	if rule.Host == "" || strings.ContainsAny(rule.Host, "/: ") || strings.HasPrefix(rule.Host, "www.") {
		complaints = append(complaints, fmt.Sprintf("host %q: want a host name without scheme and www", row[0]))
	}
	for i, day := range []*time.Time{&rule.From, &rule.Until} {
		if row[1+i] == "" {
			continue
		}
		t, err := time.ParseInLocation(time.DateOnly, row[1+i], pakta.WIB)
		if err != nil {
			complaints = append(complaints, fmt.Sprintf("%s %q: want a day as 2024-02-05", siteColumns[1+i], row[1+i]))
		}
		*day = t
	}
	if !rule.Until.IsZero() && !rule.From.Before(rule.Until) {
		complaints = append(complaints, "until: want a day after from")
	}
	for i, selector := range row[3:] {
		// A selector that does not parse finds nothing, and neither does a
		// list with it.
		if selector != "" && probe.find("*, "+selector).Length() == 0 {
			complaints = append(complaints, fmt.Sprintf("%s %q: want a CSS selector", siteColumns[3+i], selector))
		}
	}
	return rule, complaints
}

//go:embed data/sites.csv
var sitesTable []byte

// bundledSites is the table that comes with pakta; a test keeps it sound.
var bundledSites = sync.OnceValue(func() []SiteRule {
	rules, err := ParseSites("sites.csv", bytes.NewReader(sitesTable))
	if err != nil {
		panic(err)
	}
	return rules
})

// siteFor is the rule for a page: of the first table that has one for its
// host, the one valid when it was fetched. A page without a time is read by
// the last.
func siteFor(tables [][]SiteRule, page *pakta.Page) *SiteRule {
	u, err := url.Parse(firstOf(page.Final, page.URL))
	if err != nil {
		return nil
	}
	host := siteHost(strings.ToLower(u.Hostname()))
	for _, table := range tables {
		var found *SiteRule
		for i := range table {
			r := &table[i]
			if host != r.Host && !strings.HasSuffix(host, "."+r.Host) {
				continue
			}
			if page.Fetched.IsZero() || !page.Fetched.Before(r.From) && (r.Until.IsZero() || page.Fetched.Before(r.Until)) {
				found = r
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// apply reads the parts of an article that a site's rule finds. What is to be
// removed is taken out of the tree for good.
func (r *SiteRule) apply(root *html.Node) (found structured, container *html.Node) {
	d := &document{root: root}
	text := func(selector string) string {
		if selector == "" {
			return ""
		}
		return clean(d.find(selector).First().Text())
	}
	found.headline, found.published = text(r.Title), text(r.Published)
	found.author = text(r.Author)
	if name := nameIn(found.author); name != "" {
		found.author = name
	}
	if r.Remove != "" {
		d.find(r.Remove).Remove()
	}
	if r.Text != "" {
		if nodes := d.find(r.Text).Nodes; len(nodes) > 0 {
			container = nodes[0]
		}
	}
	return found, container
}
