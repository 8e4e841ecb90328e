package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"pakta"
)

// visitor asks for the addresses of one source in one run, one after another.
type visitor struct {
	*run
	source *Source
	count  *pakta.SourceRun
	until  time.Time // when the source has had its time
	asked  int

	// seen is where each article id and each text came from in this run.
	seen map[string]string
	// targets counts the addresses that redirected to each address.
	targets map[string]int
	// Addresses in a row that the site did not give, that were no articles, and
	// that had the text of another.
	failed, rejected, same int
}

// dueBatch is how many addresses are taken from the store at a time; a
// frontier of a million must not be in memory.
const dueBatch = 200

// visitDue asks for what is due until nothing is, or the source has had its
// share of the run. An address that fails again in this run is not due again,
// because its time lies ahead.
func (v *visitor) visitDue(ctx context.Context) error {
	for {
		due, err := v.o.Store.Due(ctx, v.source.Name, v.o.Now(), dueBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		v.count.Discovered += len(due)
		v.announce(len(due))
		for i, ad := range due {
			left := len(due) - i
			if ctx.Err() != nil || v.enough() || !v.spend() {
				v.count.Pending += left
				return nil
			}
			kept, err := v.one(ctx, ad)
			if err != nil || !kept {
				v.count.Pending += left
				return err
			}
		}
	}
}

// enough reports whether the source has had its share of the run, and says
// why in its Problem where a person should know.
func (v *visitor) enough() bool {
	problem := ""
	switch {
	case v.failed >= maxRefusals:
		problem = fmt.Sprintf("%d addresses in a row could not be had; the rest is left for the next run", v.failed)
	case v.rejected >= maxRejected:
		problem = fmt.Sprintf("%d addresses in a row are no articles; the rest is left for the next run: look at the source's address", v.rejected)
	case v.same >= maxSame:
		problem = fmt.Sprintf("%d addresses in a row have the same text; the rest is left for the next run: look at the source's address", v.same)
	case time.Now().After(v.until):
		problem = fmt.Sprintf("%s is slow: it has had its %s; the rest is left for the next run", v.source.URL, v.lim.source)
	case v.asked >= v.lim.pages:
		return true // a large site that is read for the first time
	default:
		return false
	}
	if v.count.Problem == "" {
		v.count.Problem = problem
	}
	return true
}

// one asks for an address and keeps what became of it. It is not kept when
// the run ends meanwhile, or when the site is not to be had.
func (v *visitor) one(ctx context.Context, ad pakta.Address) (kept bool, err error) {
	v.asked++
	known := ad.Hash != ""
	out, release := v.visit(ctx, ad)
	if out.Address.State == pakta.AddressPending {
		release()
		return false, nil
	}
	defer v.handOver(&out, release)()
	// Kept even when the run ends now: it was asked for, and must not be again.
	if err := v.o.Store.Finish(context.WithoutCancel(ctx), out); err != nil {
		return false, err
	}
	v.tally(v.count, &out)
	switch out.Address.State {
	case pakta.AddressFetched:
		if !known {
			v.count.New++
		}
		if complete(out.Article) {
			v.count.Complete++
		}
		v.failed, v.rejected, v.same = 0, 0, 0
	case pakta.AddressUnchanged:
		v.failed, v.rejected, v.same = 0, 0, 0
	case pakta.AddressFailed:
		v.failed++
	case pakta.AddressRejected:
		v.rejected++
		v.failed = 0
	case pakta.AddressSkipped:
		if v.failed = 0; out.Address.Reason != NoIndex {
			v.same++
		}
	}
	return true, nil
}

// completeLines is how many lines of text a complete article has at least.
// Teasers and the remains of a page whose layout changed have one or two.
const completeLines = 3

// complete reports whether an article has what a reader expects of one.
func complete(a *pakta.Article) bool {
	if a == nil || a.Title == "" || a.Published.IsZero() {
		return false
	}
	lines := 0
	for line := range strings.Lines(a.Text) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	return lines >= completeLines
}

// visit asks for one address and says what became of it. The page counts as
// in memory until release is called.
func (v *visitor) visit(ctx context.Context, ad pakta.Address) (out pakta.Outcome, release func()) {
	ad.Run, ad.Article = v.o.RunID, ArticleID(ad.URL)
	page, release, err := v.f.hold(ctx, ad.URL, conditions{ad.ETag, ad.LastModified})
	if err != nil {
		return pakta.Outcome{Address: v.failure(ctx, ad, err)}, func() {}
	}
	switch status := page.Status; {
	case status == http.StatusNotModified && ad.Hash != "":
		return pakta.Outcome{Address: v.unchanged(ad)}, release
	case status == http.StatusNotFound || status == http.StatusGone:
		ad.State, ad.Reason = pakta.AddressGone, fmt.Sprintf("status %d", status)
	case temporary(status):
		ad = v.failure(ctx, ad, fmt.Errorf("status %d", status))
	case status != http.StatusOK && status != http.StatusNonAuthoritativeInfo:
		ad.State, ad.Reason = pakta.AddressRejected, fmt.Sprintf("status %d", status)
	case !sameSite(page.Final, ad.URL):
		ad.State, ad.Reason = pakta.AddressRejected, "redirects to another site"
	default:
		if state, reason := v.elsewhere(&ad, page); state != "" {
			ad.State, ad.Reason = state, reason
			break
		}
		return v.read(ctx, ad, page, release), release
	}
	return pakta.Outcome{Address: ad}, release
}

// temporary reports whether a status says that the same request may be
// answered another day. 401, 403 and 451 are what walls against robots answer
// as long as they are up.
func temporary(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusUnavailableForLegalReasons, http.StatusNotModified:
		return true
	}
	return status >= 500
}

// unchanged is the state of an article that is as it was.
func (v *visitor) unchanged(ad pakta.Address) pakta.Address {
	if ad.State, ad.Attempts = pakta.AddressUnchanged, 0; ad.Reason != NoIndex {
		ad.Reason = ""
	}
	ad.NotBefore = v.again(ad.Published.Time, true)
	return ad
}

// failure puts an address off: an hour or two at first, a month in the end.
// It stays pending when it is not the address's fault.
func (v *visitor) failure(ctx context.Context, ad pakta.Address, err error) pakta.Address {
	if ctx.Err() != nil {
		ad.State = pakta.AddressPending
		return ad
	}
	class := classify(err)
	switch {
	case errors.Is(err, errRefused):
		ad.State, ad.Reason = pakta.AddressRefused, err.Error()
		return ad
	case away(err):
		v.count.Errors[class]++
		if v.count.Problem == "" {
			v.count.Problem = fmt.Sprintf("%v; the rest is left for the next run", err)
		}
		ad.State = pakta.AddressPending
		return ad
	}
	v.count.Errors[class]++
	if final(err) {
		ad.State, ad.Reason = pakta.AddressRejected, err.Error()
		return ad
	}
	ad.State, ad.Reason = pakta.AddressFailed, err.Error()
	if !errors.Is(err, errRobots) || nameless(err) {
		ad.Attempts++
	}
	wait := 30 * 24 * time.Hour
	if ad.Attempts < maxAttempts {
		wait = retryBase << max(ad.Attempts-1, 0)
	}
	ad.NotBefore = v.o.Now().Add(wait)
	return ad
}

// firstAgain is when an article is asked for again first: in the next night.
const firstAgain = 20 * time.Hour

// again is when an article is asked for again, because newsrooms correct what
// they published: in the next night, then at twice its age each time, until it
// is older than Options.Revisit. Of one whose age is not known, once.
func (v *visitor) again(published time.Time, before bool) time.Time {
	now := v.o.Now()
	switch {
	case published.IsZero() && (before || v.o.Revisit < firstAgain):
		return time.Time{}
	case published.IsZero():
		return now.Add(firstAgain)
	}
	next := now.Add(max(firstAgain, now.Sub(published)))
	if next.Sub(published) > v.o.Revisit {
		return time.Time{}
	}
	return next
}
