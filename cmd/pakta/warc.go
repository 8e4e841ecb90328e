package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/extract"
	"pakta/warc"
)

// records yields the pages of a web archive. What cannot be read in it is one
// bad article, and the next follow.
func (in *input) records(yield func(raw) bool) {
	r := warc.NewReader(in.r)
	for {
		page, err := r.Next()
		var record *warc.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &record):
			if !yield(raw{where: in.name, err: fmt.Errorf("%s, %w", in.name, err)}) {
				return
			}
		case err != nil:
			yield(raw{where: in.name, err: fmt.Errorf("%s: %w", in.name, err)})
			return
		default:
			if !yield(raw{where: in.name + ", " + page.URL, form: fromWARC, page: page}) {
				return
			}
		}
	}
}

// errPageless: a page of a web archive is no article, as most are not.
var errPageless = errors.New("no article")

// decodePage reads the article of a page. Home pages and lists, which web
// archives are full of, give errPageless.
func (d decoder) decodePage(in raw) document {
	page := *in.page
	address, err := crawler.Canonical(page.URL)
	if err != nil {
		return document{err: fmt.Errorf("%s: %w", in.where, err)}
	}
	page.URL = address
	art, reading, err := d.pages.Read(&page)
	if err != nil {
		return document{err: fmt.Errorf("%s: %w: %w", in.where, errPageless, err)}
	}
	return document{article: art, page: &page, reading: reading}
}

// formatWARC is the format of an export of pages rather than agreements.
const formatWARC = "warc"

// exportPages writes all kept pages as a web archive.
func (a *exportAction) exportPages(ctx context.Context, e *env, args []string) int {
	if a.narrowed() || len(args) > 0 {
		return e.fail(usagef("--format warc writes all kept pages; it takes no query and no filters"))
	}
	store, err := openExisting(ctx, e)
	if err != nil {
		return e.fail(err)
	}
	defer store.Close()
	n := 0
	err = e.toFile(a.output, func(w io.Writer) error {
		out, err := warc.NewWriter(w, "pakta/"+version())
		if err != nil {
			return err
		}
		for page, err := range store.Pages(ctx) {
			if err != nil {
				return err
			}
			if err := out.Write(page); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return e.fail(fmt.Errorf("export: %w", err))
	}
	e.say("%d pages exported", n)
	return exitDone
}

// narrowed reports whether any of the filters is set.
func (q *filter) narrowed() bool {
	lists := len(q.regions) + len(q.sectors) + len(q.instruments) + len(q.kinds) + len(q.laws) + len(q.officials) + len(q.statuses)
	return lists > 0 || strings.TrimSpace(q.since+q.until) != ""
}

// keepImported keeps an article that was imported, with the page it was read
// from where there is one. A further page of an article is no article of its
// own: the one that it belongs to is read again, with it.
func (d decoder) keepImported(ctx context.Context, store *archive.Archive, x *extract.Extractor, got imported) (changed bool, err error) {
	if got.page == nil {
		return store.PutArticle(ctx, got.article, got.record)
	}
	if err := store.PutPage(ctx, got.page); err != nil {
		return false, err
	}
	kept := func(address string) (*pakta.Page, error) { return store.Page(ctx, address) }
	page := got.page
	if first, part := crawler.PartOf(page.URL); part {
		if page, err = kept(first); err != nil {
			return store.PutArticle(ctx, got.article, got.record) // it stands alone until the first page comes
		}
	}
	art, parts, err := d.pages.ReadWhole(page, kept)
	if art == nil {
		return false, err
	}
	if len(parts) == 0 {
		return store.PutArticle(ctx, got.article, got.record)
	}
	art = extract.Normalize(art)
	return store.PutArticle(ctx, art, x.Extract(art))
}
