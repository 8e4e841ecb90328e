package newsroom

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"pakta"
)

// DefaultPort is the first of three ports that are tried first, so that a
// second demonstration finds its articles at the addresses of the first one.
const DefaultPort = 18431

// Options say where the sites listen. The zero value is the default.
type Options struct {
	// Port is the first site's port, the others follow; a taken one is
	// replaced by any free one. 0 is DefaultPort, -1 takes free ones at once.
	Port int
}

// Site is one outlet.
type Site struct {
	Name   string
	URL    string // with its port, ends with a slash
	Region string // code, empty when it has none
}

// Article is one bundled article as a site carries it.
type Article struct {
	Site      string // name of the outlet
	ID        int    // unique among all
	Slug      string
	Title     string
	Section   string
	Author    string
	Published time.Time
	Body      []string // paragraphs and list items ("- ...") in order
	// Agreement and Event are labels for tests: whether it reports an
	// agreement, and which one; reports of one agreement share an Event.
	Agreement bool
	Event     string
}

// Newsroom is the running sites. It is safe for concurrent use.
type Newsroom struct {
	sites    []Site
	servers  []*http.Server
	articles []Article

	mu       sync.Mutex
	requests map[string]int
}

//go:embed articles/*.txt
var files embed.FS

// Articles are the bundled articles, oldest first.
func Articles() ([]Article, error) {
	names, err := fs.Glob(files, "articles/*.txt")
	if err != nil {
		return nil, err
	}
	var all []Article
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		for i, part := range strings.Split(string(text), "\n=== ") {
			if i == 0 {
				continue // what stands before the first article says what the file is
			}
			art, err := parseArticle(part)
			if err != nil {
				return nil, fmt.Errorf("%s, article %d: %w", name, i, err)
			}
			all = append(all, art)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Published.Before(all[j].Published) })
	for i := range all {
		all[i].ID = 1001 + i
	}
	return all, nil
}

// parseArticle reads "TITLE\nkey: value ...\n\nparagraphs".
func parseArticle(text string) (Article, error) {
	head, body, ok := strings.Cut(strings.TrimSpace(text), "\n\n")
	if !ok {
		return Article{}, errors.New("no text")
	}
	lines := strings.Split(head, "\n")
	art := Article{Title: lines[0], Slug: slug(lines[0])}
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "site":
			art.Site = value
		case "published":
			t, err := pakta.ParseTime(value)
			if err != nil {
				return art, err
			}
			art.Published = t.Time
		case "section":
			art.Section = value
		case "author":
			art.Author = value
		case "event":
			art.Event, art.Agreement = value, value != "-"
		default:
			return art, fmt.Errorf("unknown key %q", key)
		}
	}
	if art.Site == "" || art.Published.IsZero() || art.Event == "" {
		return art, fmt.Errorf("%q: site, published and event are needed", art.Title)
	}
	for p := range strings.SplitSeq(body, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			art.Body = append(art.Body, p)
		}
	}
	return art, nil
}

// slug is a title as addresses have it.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	return strings.Join(words[:min(len(words), 9)], "-")
}

// outlets are the sites: name, home region and what serves them.
var outlets = []struct {
	name, region string
	handler      func(room) http.Handler
}{
	{"kabar-nusa", "", newKabar},
	{"warta-serambi", "", newPortal},
	{"pemkab-sleman", "34.04", newPemda},
}

// room is what a site knows: its address and its articles, newest first.
type room struct {
	base     string
	articles []Article
}

// byID finds an article.
func (r room) byID(id string) (Article, bool) {
	n, err := strconv.Atoi(id)
	if err != nil {
		return Article{}, false
	}
	for _, a := range r.articles {
		if a.ID == n {
			return a, true
		}
	}
	return Article{}, false
}

// page is the n-th page, from 1, of a list in pages of size articles, and
// whether there are more.
func (r room) page(n, size int) (articles []Article, more bool) {
	from := min(max(n-1, 0)*size, len(r.articles))
	to := min(from+size, len(r.articles))
	return r.articles[from:to], to < len(r.articles)
}

// Start serves all sites until Close.
func Start(ctx context.Context, o Options) (*Newsroom, error) {
	all, err := Articles()
	if err != nil {
		return nil, fmt.Errorf("read the bundled articles: %w", err)
	}
	if o.Port == 0 {
		o.Port = DefaultPort
	}
	n := &Newsroom{articles: all, requests: map[string]int{}}
	for i, out := range outlets {
		l, err := listen(ctx, o.Port, i)
		if err != nil {
			n.Close() // the first error is the one to tell
			return nil, fmt.Errorf("start site %s: %w", out.name, err)
		}
		site := Site{Name: out.name, URL: "http://" + l.Addr().String() + "/", Region: out.region}
		r := room{base: strings.TrimSuffix(site.URL, "/")}
		for j := len(all) - 1; j >= 0; j-- {
			if all[j].Site == out.name {
				r.articles = append(r.articles, all[j])
			}
		}
		srv := &http.Server{Handler: n.count(out.name, out.handler(r)), ReadHeaderTimeout: 5 * time.Second}
		n.sites, n.servers = append(n.sites, site), append(n.servers, srv)
		go srv.Serve(l) // ends with Close, which is no error
	}
	return n, nil
}

func listen(ctx context.Context, port, i int) (net.Listener, error) {
	var lc net.ListenConfig
	if port > 0 {
		if l, err := lc.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port+i)); err == nil {
			return l, nil
		}
	}
	return lc.Listen(ctx, "tcp", "127.0.0.1:0")
}

// count counts the requests of a site.
func (n *Newsroom) count(site string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.requests[site]++
		n.mu.Unlock()
		h.ServeHTTP(w, r)
	})
}

// Sites are the running sites.
func (n *Newsroom) Sites() []Site { return n.sites }

// Requests counts the requests that each site has answered.
func (n *Newsroom) Requests() map[string]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := make(map[string]int, len(n.requests))
	for k, v := range n.requests {
		out[k] = v
	}
	return out
}

// Close ends all sites at once.
func (n *Newsroom) Close() error {
	var errs []error
	for _, s := range n.servers {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}
