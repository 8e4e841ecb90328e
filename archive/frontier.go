package archive

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pakta"
)

// Discover adds addresses that are not yet known, in the order given: as
// pending, or as skipped where they say so. Known ones are left alone, but for
// those skipped as [pakta.OutOfRange] or [pakta.Unlikely], which become pending
// when they are found as such. The twin of one that is pending or was fetched is
// known, too. It returns how many were new or became pending. Calls at the same
// time share a transaction, as those of Finish and SaveSourceState do.
func (a *Archive) Discover(ctx context.Context, found []pakta.Address) (added int, err error) {
	if len(found) == 0 {
		return 0, nil
	}
	err = a.commit(ctx, func(ctx context.Context, plain *sql.Tx) error {
		tx := preparedTx{plain, a.prepared}
		added = 0 // it may be done again
		for _, f := range found {
			res, err := tx.ExecContext(ctx, discoverSQL, f.URL, f.Source, f.Article, f.Found, f.Title, stamp(f.Published.Time),
				cmp.Or(f.State, pakta.AddressPending), f.Reason, f.Run, f.Article, f.URL, pakta.OutOfRange, pakta.Unlikely)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("add %d addresses to archive: %w", len(found), err)
	}
	return added, nil
}

const discoverSQL = `INSERT INTO frontier
	(url, source, article, found, title, published, state, reason, attempts, not_before, run, etag, last_modified, hash)
	SELECT ?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, '', '', ''
	WHERE NOT EXISTS (SELECT 1 FROM frontier WHERE article <> '' AND article = ? AND url <> ? AND state IN ('pending', 'fetched', 'unchanged'))
	ON CONFLICT (url) DO UPDATE SET state = excluded.state, reason = '', run = excluded.run
		WHERE state = 'skipped' AND reason IN (?, ?) AND excluded.state = 'pending'`

const addressColumns = `url, source, article, found, title, published, state, reason, attempts, not_before, run, etag, last_modified, hash`

// dueStates are the addresses that are to be asked for, in the order of their
// urgency: new ones, failed ones whose time has come, and articles that may
// have been corrected since.
var dueStates = [...]string{
	"state = 'pending' AND not_before <= ?",
	"state = 'failed' AND not_before <= ?",
	"state IN ('fetched', 'unchanged') AND not_before <> '' AND not_before <= ?",
}

// Due lists addresses of a source that are to be asked for: new ones, then
// failed ones whose time has come, then articles to look at again, each in the
// order of their discovery.
func (a *Archive) Due(ctx context.Context, source string, now time.Time, limit int) (out []pakta.Address, err error) {
	for _, states := range dueStates {
		if len(out) < limit && err == nil {
			out, err = a.due(ctx, out, states, source, now, limit-len(out))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read due addresses of %s: %w", source, explain(err))
	}
	return out, nil
}

func (a *Archive) due(ctx context.Context, out []pakta.Address, states, source string, now time.Time, limit int) ([]pakta.Address, error) {
	rows, err := a.read.QueryContext(ctx, `SELECT `+addressColumns+` FROM frontier
		WHERE source = ? AND `+states+` ORDER BY seq LIMIT ?`, source, stamp(now), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		ad, err := scanAddress(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, ad)
	}
	return out, rows.Err()
}

// Address is what is known of one address; [ErrNotFound] when nothing is.
func (a *Archive) Address(ctx context.Context, url string) (pakta.Address, error) {
	ad, err := scanAddress(a.read.QueryRowContext(ctx, `SELECT `+addressColumns+` FROM frontier WHERE url = ?`, url))
	if err != nil {
		return ad, fmt.Errorf("address %s: %w", url, missing(err))
	}
	return ad, nil
}

type scanner interface{ Scan(...any) error }

func scanAddress(row scanner) (pakta.Address, error) {
	var ad pakta.Address
	var published, notBefore string
	err := row.Scan(&ad.URL, &ad.Source, &ad.Article, &ad.Found, &ad.Title, &published, &ad.State, &ad.Reason, &ad.Attempts, &notBefore,
		&ad.Run, &ad.ETag, &ad.LastModified, &ad.Hash)
	ad.Published, ad.NotBefore = pakta.Time{Time: unstamp(published)}, unstamp(notBefore)
	return ad, err
}

// missing turns "no rows" into ErrNotFound.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return explain(err)
}

// Finish keeps what became of an address, in one transaction: its state and,
// where they are given, the pages, the article and the record. Calls at the same
// time share a transaction.
func (a *Archive) Finish(ctx context.Context, out pakta.Outcome, rec *pakta.Record) error {
	err := a.finish(ctx, &out, rec)
	if err != nil {
		return fmt.Errorf("keep %s: %w", out.Address.URL, err)
	}
	return nil
}

func (a *Archive) finish(ctx context.Context, out *pakta.Outcome, rec *pakta.Record) error {
	var pages []*packedPage
	for _, p := range append([]*pakta.Page{out.Page}, out.Parts...) {
		if p == nil {
			continue
		}
		packed, err := a.pack(p)
		if err != nil {
			return err
		}
		pages = append(pages, packed)
	}
	return a.commit(ctx, func(ctx context.Context, plain *sql.Tx) error {
		tx := preparedTx{plain, a.prepared}
		for _, p := range pages {
			if err := putPage(ctx, tx, p); err != nil {
				return err
			}
		}
		if out.Article != nil {
			if _, err := putArticle(ctx, tx, out.Article); err != nil {
				return err
			}
		}
		if rec != nil {
			if err := putRecord(ctx, tx, rec); err != nil {
				return err
			}
		}
		return putAddress(ctx, tx, &out.Address)
	})
}

const addressSQL = `INSERT INTO frontier (` + addressColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (url) DO UPDATE SET article = excluded.article, title = excluded.title, published = excluded.published, state = excluded.state,
		reason = excluded.reason, attempts = excluded.attempts, not_before = excluded.not_before, run = excluded.run,
		etag = excluded.etag, last_modified = excluded.last_modified, hash = excluded.hash`

func putAddress(ctx context.Context, tx execer, ad *pakta.Address) error {
	_, err := tx.ExecContext(ctx, addressSQL, ad.URL, ad.Source, ad.Article, ad.Found, ad.Title, stamp(ad.Published.Time), ad.State, ad.Reason, ad.Attempts, stamp(ad.NotBefore),
		ad.Run, ad.ETag, ad.LastModified, ad.Hash)
	return err
}

// SourceState is what is remembered of a source; an unknown one has nothing
// but its name.
func (a *Archive) SourceState(ctx context.Context, name string) (pakta.SourceState, error) {
	st := pakta.SourceState{Name: name}
	var text string
	err := a.read.QueryRowContext(ctx, "SELECT json FROM sources WHERE name = ?", name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return st, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &st)
	}
	if err != nil {
		return st, fmt.Errorf("read state of source %s: %w", name, explain(err))
	}
	return st, nil
}

// SaveSourceState remembers the state of a source.
func (a *Archive) SaveSourceState(ctx context.Context, st pakta.SourceState) error {
	text, err := json.Marshal(st)
	if err == nil {
		err = a.commit(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO sources VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json", st.Name, string(text))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("save state of source %s: %w", st.Name, err)
	}
	return nil
}

// BeginRun opens the report of a run and gives its id.
func (a *Archive) BeginRun(ctx context.Context, started time.Time) (id int64, err error) {
	err = a.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO runs (started, finished, json) VALUES (?, '', '{}')", stamp(started))
		if err != nil {
			return err
		}
		id, err = res.LastInsertId()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("begin run: %w", err)
	}
	return id, nil
}

// FinishRun writes the report of a run.
func (a *Archive) FinishRun(ctx context.Context, run *pakta.Run) error {
	text, err := json.Marshal(run)
	if err == nil {
		err = a.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE runs SET finished = ?, json = ? WHERE id = ?", stamp(run.Finished), string(text), run.ID)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("finish run %d: %w", run.ID, err)
	}
	return nil
}

// Runs lists the last runs, newest first. One that has no Finished is under
// way, or was killed.
func (a *Archive) Runs(ctx context.Context, limit int) ([]pakta.Run, error) {
	rows, err := a.read.QueryContext(ctx, "SELECT id, started, json FROM runs ORDER BY id DESC LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", explain(err))
	}
	defer rows.Close()
	var out []pakta.Run
	for rows.Next() {
		var run pakta.Run
		var id int64
		var started, text string
		if err := rows.Scan(&id, &started, &text); err != nil {
			return nil, fmt.Errorf("read runs: %w", explain(err))
		}
		if err := json.Unmarshal([]byte(text), &run); err != nil {
			return nil, fmt.Errorf("read run %d: %w", id, err)
		}
		run.ID, run.Started = id, unstamp(started)
		out = append(out, run)
	}
	return out, explain(rows.Err())
}
