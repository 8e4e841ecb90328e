package crawler

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// trackers are query keys that say how a reader came, not what is read.
var trackers = map[string]bool{
	"fbclid": true, "gclid": true, "igshid": true, "mc_cid": true, "mc_eid": true, "ref": true, "source": true, "from": true,
	"share": true, "amp": true, "outputtype": true, "phpsessid": true, "sid": true, "jsessionid": true, "s": true, "noamp": true,
	"replytocom": true, "print": true, "sessionid": true, "session_id": true, "sessid": true, "oscsid": true, "cfid": true, "cftoken": true, "_token": true,
	"rand": true, "random": true, "rnd": true, "nocache": true, "timestamp": true, "_": true,
}

// session is where servers write the session of a visitor into the path: Java
// behind a semicolon, ASP.NET in a folder of its own.
var session = regexp.MustCompile(`(?i);jsessionid=[^/?]*|/\(S\([a-z0-9]{8,40}\)\)`)

// paging are query keys by which one article is cut into pages, where their
// value says so: in ?page=detail&id=7 it does not.
var paging = map[string]bool{"page": true, "halaman": true, "single": true, "showpage": true, "showall": true}

// Canonical brings an address to the form it is known by: http or https, host
// in lower case and ASCII, no default port, user, fragment or tracking, query
// keys sorted, dot segments resolved. It is idempotent. The error says what no
// address of an article has.
func Canonical(raw string) (string, error) {
	if len(raw) > maxURL {
		return "", fmt.Errorf("address of %d bytes; at most %d", len(raw), maxURL)
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", err
	}
	if u.Scheme = strings.ToLower(u.Scheme); u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("scheme %q; want http or https", u.Scheme)
	}
	if err := tidyHost(u); err != nil {
		return "", err
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if strings.IndexByte(u.Path, ';') >= 0 || strings.IndexByte(u.Path, '(') >= 0 {
		u.Path, u.RawPath = session.ReplaceAllString(u.Path, ""), session.ReplaceAllString(u.RawPath, "")
	}
	u.ForceQuery = false
	if u.Path == "" {
		u.Path = "/"
	}
	u = u.JoinPath() // resolves dot segments
	u.RawQuery = tidyQuery(u.Query(), func(key, value string) bool { return tracks(u.Path, key, value) })
	if err := plausible(u); err != nil {
		return "", err
	}
	return u.String(), nil
}

func tidyHost(u *url.URL) error {
	host, err := idna.Lookup.ToASCII(strings.TrimRight(u.Hostname(), "."))
	if err != nil || host == "" {
		return fmt.Errorf("host %.60q is no host name", u.Host)
	}
	host = strings.TrimRight(strings.ToLower(host), ".")
	if host == "" {
		return fmt.Errorf("host %.60q is no host name", u.Host)
	}
	// Names that change when they are looked up again (broken bytes, odd
	// Punycode) are nobody's.
	if again, err := idna.Lookup.ToASCII(host); !strings.Contains(host, ":") && (err != nil || again != host) {
		return fmt.Errorf("host %.60q is no host name", u.Host)
	}
	port := u.Port()
	if port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		port = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if u.Host = host; port != "" {
		u.Host += ":" + port
	}
	return nil
}

// tidyQuery drops keys, which it gives to drop in lower case, and sorts the
// rest.
func tidyQuery(q url.Values, drop func(key, value string) bool) string {
	for k, v := range q {
		if drop(strings.ToLower(k), v[0]) {
			delete(q, k)
		}
	}
	return q.Encode() // sorts
}

// tracks reports whether a query key says how a reader came. The sid of a
// script of PHP-Nuke is the number of its article, not that of a session.
func tracks(path, key, value string) bool {
	if key == "sid" && strings.HasSuffix(path, ".php") && len(value) < 8 && strings.Trim(value, "0123456789") == "" {
		return false
	}
	return trackers[key] || strings.HasPrefix(key, "utm_")
}

// turns reports whether a query key and its value name a page of an article.
func turns(key, value string) bool {
	if !paging[key] {
		return false
	}
	n, err := strconv.Atoi(value)
	return err == nil && n <= maxParts || value == "all" || value == "semua" || value == ""
}

// plausible refuses the addresses that only traps have.
func plausible(u *url.URL) error {
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) > maxSegments {
		return fmt.Errorf("path of %d segments; at most %d", len(segments), maxSegments)
	}
	slices.Sort(segments)
	for i := maxRepeats; i < len(segments); i++ {
		if segments[i] != "" && segments[i] == segments[i-maxRepeats] {
			return fmt.Errorf("path repeats %q", segments[i])
		}
	}
	if n := len(u.Query()); n > maxQueryKeys {
		return fmt.Errorf("query of %d keys; at most %d", n, maxQueryKeys)
	}
	return nil
}

// articleAddress is the address of a whole article: without the page of it
// and without the AMP form.
func articleAddress(canonical string) string {
	u, err := url.Parse(canonical)
	if err != nil {
		return canonical
	}
	u.RawQuery = tidyQuery(u.Query(), turns)
	for _, end := range []string{"/amp/", "/amp"} {
		if p, ok := strings.CutSuffix(u.Path, end); ok && p != "" {
			u.Path = p
			if strings.HasSuffix(end, "/") {
				u.Path += "/"
			}
			break
		}
	}
	return u.String()
}

// ArticleID is the id of the article at an address: the same for http and
// https, with and without www, final slash, tracking, page and AMP form.
func ArticleID(address string) string {
	if c, err := Canonical(address); err == nil {
		address = c
	}
	address = articleAddress(address)
	_, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	sum := sha256.Sum256([]byte(siteHost(host) + "/" + strings.TrimSuffix(path, "/")))
	return hex.EncodeToString(sum[:8])
}

// siteHost is the host without the prefixes that name a twin of the site.
func siteHost(host string) string {
	for _, p := range []string{"www.", "m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, p); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}

// sameSite reports whether two addresses are of one site, twins included.
func sameSite(a, b string) bool {
	return cmp.Compare(siteHost(hostOf(a)), siteHost(hostOf(b))) == 0
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
