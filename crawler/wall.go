package crawler

import (
	"bytes"
	"errors"
	"regexp"

	"pakta"
)

// errWall: what answers is not the site but what stands before it, against
// robots.
var errWall = errors.New("a wall against robots")

const (
	// wallText is the most text, in bytes, that a wall or a page to log in at
	// has.
	wallText = 600
	// wallHead is how much of a page is looked at: walls are short.
	wallHead = 64 << 10
)

var (
	// wallMarks are in the pages of the usual walls, and in no others.
	wallMarks  = regexp.MustCompile(`(?i)_cf_chl_opt|cf-chl-|/cdn-cgi/challenge-platform/h/|_incapsula_resource|sucuri_cloudproxy_js|ddos-guard|px-captcha|awswaf|datadome|slowaes|g-recaptcha|h-captcha|cf-turnstile`)
	wallTitle  = regexp.MustCompile(`(?i)<title[^>]{0,200}>[^<]{0,200}(just a moment|attention required|captcha|are you (a )?(human|robot)|bukan robot|security check|pemeriksaan keamanan|access denied|akses ditolak|ddos protection|checking your browser)`)
	loginForm  = regexp.MustCompile(`(?i)<input[^>]{0,300}type\s*=\s*["']?password`)
	loginTitle = regexp.MustCompile(`(?i)<title[^>]{0,200}>\s*(login|log in|masuk|sign in|silakan masuk|member area|halaman masuk)\b`)
)

// wallOf says what kind of wall a page is, empty for none. Articles with a
// captcha below, for comments, are none.
func wallOf(page *pakta.Page, art *pakta.Article) string {
	if art != nil && len(art.Text) > wallText {
		return ""
	}
	head := page.Body[:min(len(page.Body), wallHead)]
	if bytes.IndexByte(head, '<') < 0 {
		return ""
	}
	switch {
	case wallTitle.Match(head):
		return "a page that says so"
	case wallMarks.Match(head) && (art == nil || len(art.Text) < wallText/2):
		return "a page with a challenge"
	}
	return ""
}

// asksLogin reports whether a page is one to log in at. Old Joomla sites have
// the form beside every article, so that it is none by the form alone.
func asksLogin(page *pakta.Page, art *pakta.Article) bool {
	if art != nil && len(art.Text) > wallText {
		return false
	}
	head := page.Body[:min(len(page.Body), wallHead)]
	return loginForm.Match(head) && (art == nil || loginTitle.Match(head))
}
