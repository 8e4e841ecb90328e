package archive

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"

	"github.com/klauspost/compress/gzip"

	"pakta"
)

// maxBody bounds a page when it is read back: the crawler takes 10 MB at most,
// so a larger one is damage.
const maxBody = 64 << 20

// packedPage is a page as it is kept.
type packedPage struct {
	*pakta.Page
	header string
	body   []byte
}

// pack makes a page ready to be kept, outside of any transaction. It
// compresses for speed: a level more saves a hundredth and takes a third more time.
func (a *Archive) pack(p *pakta.Page) (*packedPage, error) {
	header, err := json.Marshal(p.Header)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	zip, ok := a.zips.Get().(*gzip.Writer)
	if !ok {
		zip, _ = gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is one
	}
	defer a.zips.Put(zip)
	zip.Reset(&body)
	zip.Write(p.Body) // a bytes.Buffer takes everything
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return &packedPage{p, string(header), body.Bytes()}, nil
}

const pageSQL = `INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET
	final = excluded.final, status = excluded.status, header = excluded.header, body = excluded.body, fetched = excluded.fetched`

func putPage(ctx context.Context, tx execer, p *packedPage) error {
	_, err := tx.ExecContext(ctx, pageSQL, p.URL, p.Final, p.Status, p.header, p.body, stamp(p.Fetched))
	return err
}

// PutPage keeps a page that was collected elsewhere.
func (a *Archive) PutPage(ctx context.Context, p *pakta.Page) error {
	packed, err := a.pack(p)
	if err == nil {
		err = a.commit(ctx, func(ctx context.Context, tx *sql.Tx) error { return putPage(ctx, tx, packed) })
	}
	if err != nil {
		return fmt.Errorf("keep page %s: %w", p.URL, err)
	}
	return nil
}

// Pages yields all kept pages in the order they came first, one in memory at a
// time.
func (a *Archive) Pages(ctx context.Context) iter.Seq2[*pakta.Page, error] {
	return func(yield func(*pakta.Page, error) bool) {
		rows, err := a.read.QueryContext(ctx, "SELECT url, final, status, header, body, fetched FROM pages ORDER BY rowid")
		if err != nil {
			yield(nil, fmt.Errorf("read pages: %w", explain(err)))
			return
		}
		defer rows.Close()
		for rows.Next() {
			p, err := scanPage(rows)
			if err != nil {
				err = fmt.Errorf("read pages: %w", explain(err))
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
		if err := errors.Join(rows.Err(), ctx.Err()); err != nil {
			yield(nil, fmt.Errorf("read pages: %w", explain(err)))
		}
	}
}

// Page is the page kept for an address; [ErrNotFound] when there is none.
func (a *Archive) Page(ctx context.Context, url string) (*pakta.Page, error) {
	p, err := scanPage(a.read.QueryRowContext(ctx, "SELECT url, final, status, header, body, fetched FROM pages WHERE url = ?", url))
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", url, missing(err))
	}
	return p, nil
}

func scanPage(row scanner) (*pakta.Page, error) {
	p := &pakta.Page{Header: http.Header{}}
	var header, fetched string
	var body []byte
	if err := row.Scan(&p.URL, &p.Final, &p.Status, &header, &body, &fetched); err != nil {
		return nil, err
	}
	p.Fetched = unstamp(fetched)
	if err := json.Unmarshal([]byte(header), &p.Header); err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		p.Body, err = io.ReadAll(io.LimitReader(zip, maxBody))
	}
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return p, nil
}

const articleSQL = `INSERT INTO articles (id, url, json) VALUES (?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET url = excluded.url, json = excluded.json WHERE json <> excluded.json`

// putArticle keeps an article; changed is false when the same one is there.
func putArticle(ctx context.Context, tx execer, art *pakta.Article) (changed bool, err error) {
	text, err := json.Marshal(art)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, articleSQL, art.ID, art.URL, string(text))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// PutArticle keeps an article that was collected elsewhere, with its record.
// changed is false when the same article was there.
func (a *Archive) PutArticle(ctx context.Context, art *pakta.Article, rec *pakta.Record) (changed bool, err error) {
	err = a.inTx(ctx, func(tx *sql.Tx) error {
		var err error
		if changed, err = putArticle(ctx, tx, art); err != nil || rec == nil {
			return err
		}
		return putRecord(ctx, tx, rec)
	})
	if err != nil {
		return false, fmt.Errorf("keep article %s: %w", art.ID, err)
	}
	return changed, nil
}

// Article is the article with this id; [ErrNotFound] when there is none.
func (a *Archive) Article(ctx context.Context, id string) (*pakta.Article, error) {
	art, err := one[pakta.Article](ctx, a.read, "SELECT json FROM articles WHERE id = ?", id)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	return art, nil
}

// Articles yields all articles in the order they came.
func (a *Archive) Articles(ctx context.Context) iter.Seq2[*pakta.Article, error] {
	return each[pakta.Article](ctx, a.read, "SELECT json FROM articles ORDER BY seq")
}

const recordSQL = `INSERT INTO records VALUES (?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET agreement = excluded.agreement, rules = excluded.rules, json = excluded.json`

func putRecord(ctx context.Context, tx execer, rec *pakta.Record) error {
	text, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, recordSQL, rec.Article.ID, rec.Agreement, rec.Rules, string(text))
	return err
}

// PutRecords replaces records, all in one transaction.
func (a *Archive) PutRecords(ctx context.Context, recs []*pakta.Record) error {
	err := a.inTx(ctx, func(tx *sql.Tx) error {
		for _, rec := range recs {
			if err := putRecord(ctx, tx, rec); err != nil {
				return fmt.Errorf("record of %s: %w", rec.Article.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep %d records: %w", len(recs), err)
	}
	return nil
}

// Record is the record of an article; [ErrNotFound] when there is none.
func (a *Archive) Record(ctx context.Context, id string) (*pakta.Record, error) {
	rec, err := one[pakta.Record](ctx, a.read, "SELECT json FROM records WHERE id = ?", id)
	if err != nil {
		return nil, fmt.Errorf("record of article %s: %w", id, err)
	}
	return rec, nil
}

// querier is what both a database and a transaction can do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// one reads one JSON value.
func one[T any](ctx context.Context, q querier, query string, args ...any) (*T, error) {
	var text string
	if err := q.QueryRowContext(ctx, query, args...).Scan(&text); err != nil {
		return nil, missing(err)
	}
	v := new(T)
	return v, json.Unmarshal([]byte(text), v)
}

// each yields the JSON values of a query.
func each[T any](ctx context.Context, q querier, query string, args ...any) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(nil, fmt.Errorf("read archive: %w", explain(err)))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			v := new(T)
			err := rows.Scan(&text)
			if err == nil {
				err = json.Unmarshal([]byte(text), v)
			}
			if err != nil {
				yield(nil, fmt.Errorf("read archive: %w", explain(err)))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil && !errors.Is(err, context.Canceled) {
			yield(nil, fmt.Errorf("read archive: %w", explain(err)))
		} else if ctx.Err() != nil {
			yield(nil, ctx.Err())
		}
	}
}
