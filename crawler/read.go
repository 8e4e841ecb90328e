package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"pakta"
)

// elsewhere judges a page that answered from another address than the one
// asked for: dead articles are often sent to the front page, to a list, or to
// a page to log in at, with status 200. The state is empty when the page may be
// the article.
func (v *visitor) elsewhere(ad *pakta.Address, page *pakta.Page) (pakta.AddressState, string) {
	if page.Final == ad.URL {
		return "", ""
	}
	id := ArticleID(page.Final)
	if id == ArticleID(ad.URL) {
		return "", ""
	}
	u, err := url.Parse(page.Final)
	switch {
	case err != nil:
		return pakta.AddressRejected, "redirects to no address"
	case loginPath.MatchString(u.Path):
		return pakta.AddressRejected, "redirects to a page to log in at"
	case u.Path == "" || u.Path == "/" && u.RawQuery == "":
		return pakta.AddressGone, "redirects to the front page"
	case notArticle.MatchString(u.Path):
		return pakta.AddressGone, "redirects to a list"
	}
	if v.targets[id]++; v.targets[id] > maxTargets {
		return pakta.AddressGone, "redirects to where others do, " + page.Final
	}
	return "", ""
}

// maxTargets is how many addresses may redirect to one article: it has a few
// short forms and old ones.
const maxTargets = 5

var loginPath = regexp.MustCompile(`(?i)/(login|log-in|signin|sign-in|masuk|wp-login\.php|auth|sso|daftar|register)(/|$|\.)`)

// read makes the article of a page, its further pages included.
func (v *visitor) read(ctx context.Context, ad pakta.Address, page *pakta.Page, release func()) pakta.Outcome {
	before, sum := ad, sha256.Sum256(page.Body)
	ad.Hash, ad.ETag, ad.LastModified = hex.EncodeToString(sum[:]), validator(page, "Etag"), validator(page, "Last-Modified")
	if ad.Hash == before.Hash {
		return pakta.Outcome{Address: v.unchanged(ad)}
	}
	art, err := v.reader.safely(page)
	if wall := wallOf(page, art); wall != "" {
		err := fmt.Errorf("%w: %s", errWall, wall)
		v.f.hosts.backOff(siteHost(hostOf(page.Final)), 0, false)
		return pakta.Outcome{Address: v.failure(ctx, before, err)}
	}
	if asksLogin(page, art) {
		err = fmt.Errorf("%w: a page to log in at", ErrNotArticle)
	}
	// What else is asked for waits for the host's turn, which must not keep
	// others from theirs.
	release()
	art, parts, err := v.reader.fromEntry(page, art, err, v.part(ctx))
	if err != nil && !errors.Is(err, ErrNotArticle) {
		return pakta.Outcome{Address: v.failure(ctx, before, err)} // not known by its validators, or it would be unchanged next time
	}
	ad.Attempts, ad.NotBefore, ad.Reason = 0, time.Time{}, ""
	if err != nil {
		ad.State, ad.Reason = pakta.AddressRejected, err.Error()
		if errors.Is(err, errGone) {
			ad.State = pakta.AddressGone
		}
		v.count.Errors["not_article"]++
		return pakta.Outcome{Address: ad}
	}
	more, err := v.reader.joinParts(page, art, v.part(ctx))
	if err != nil && ctx.Err() != nil {
		before.State = pakta.AddressPending
		return pakta.Outcome{Address: before}
	}
	return v.keep(pakta.Outcome{Address: ad, Page: page, Parts: append(parts, more...), Article: art}, before.Hash != "")
}

// keep settles what becomes of an article that was read; known says that it was
// before.
func (v *visitor) keep(out pakta.Outcome, known bool) pakta.Outcome {
	ad := &out.Address
	if twin := v.twin(ad.URL, out.Page, out.Article); twin != "" {
		ad.State, ad.Reason = pakta.AddressSkipped, "the same article as "+twin
		return pakta.Outcome{Address: *ad}
	}
	v.date(ad, out.Article)
	if noindex, _ := robotsWords(out.Page); noindex {
		ad.Reason = NoIndex
		if v.count.NoIndex++; v.o.ObeyNoIndex {
			ad.State = pakta.AddressSkipped
			return pakta.Outcome{Address: *ad}
		}
	}
	ad.State, ad.NotBefore = pakta.AddressFetched, v.again(ad.Published.Time, known)
	return out
}

// maxValidator bounds the validators that are kept: a longer one is no hash
// and no date, and would be sent with every visit.
const maxValidator = 200

// validator is a header by which the server knows the page again.
func validator(page *pakta.Page, name string) string {
	if v := page.Header.Get(name); len(v) <= maxValidator {
		return v
	}
	return ""
}

// safely reads an article; a page that makes the reader panic is none, and
// stops nothing else.
func (r *Reader) safely(page *pakta.Page) (art *pakta.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			art, err = nil, fmt.Errorf("%w: reading it broke off: %v; this is a bug, please report the address", ErrNotArticle, p)
		}
	}()
	art, _, err = r.Read(page)
	return art, err
}

// twin is the address under which the same article was read in this run
// already. Two articles with one canonical address are one only when their
// texts are the same too: some themes call the same page canonical everywhere,
// and then each goes by its own address.
func (v *visitor) twin(address string, page *pakta.Page, art *pakta.Article) string {
	sum := sha256.Sum256([]byte(art.Title + "\n" + art.Text))
	text := string(sum[:])
	if first := v.seen[text]; first != "" && first != address {
		return first
	}
	if first := v.seen[art.ID]; first != "" && first != address {
		if c, err := Canonical(page.Final); err == nil {
			art.URL = articleAddress(c)
			art.ID = ArticleID(art.URL)
		}
	}
	v.seen[text], v.seen[art.ID] = address, address
	return ""
}

// date settles when an article was published: what it says itself, else what
// the place says where it was found. No article comes from the future, nor from
// before there were newsrooms on the web.
func (v *visitor) date(ad *pakta.Address, art *pakta.Article) {
	art.Source, art.Region = v.source.Name, v.source.Region
	now := v.o.Now()
	art.Published, art.Modified = believable(art.Published, now), believable(art.Modified, now)
	ad.Published = believable(ad.Published, now)
	if art.Published.IsZero() {
		art.Published = ad.Published
	}
	if ad.Published.IsZero() {
		ad.Published = art.Published
	}
}

// believable is t, or unknown when no article can have it.
func believable(t pakta.Time, now time.Time) pakta.Time {
	if t.Year() < firstYear || t.After(now.Add(48*time.Hour)) {
		return pakta.Time{}
	}
	return t
}

// firstYear is before the first Indonesian newsroom on the web; clocks at zero
// say 1970.
const firstYear = 1994
