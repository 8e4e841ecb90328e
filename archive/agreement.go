package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"

	"pakta"
)

// Derive brings the agreements up to date with the records, in one write
// transaction, so that two processes that do it at once agree. merge gets all
// records that report an agreement, by article id, and the agreements as they
// are. Of its result, what is new or changed is written with its next version
// and a new sequence number; what is missing becomes a tombstone with a new
// sequence number. changed counts both.
//
// All records are read each time: 10,000 take about a second, which a nightly
// run can afford.
func (a *Archive) Derive(ctx context.Context, merge func(records []*pakta.Record, previous []*pakta.Agreement) []*pakta.Agreement) (changed int, err error) {
	err = a.inTx(ctx, func(tx *sql.Tx) error {
		records, err := collect(each[pakta.Record](ctx, tx, "SELECT json FROM records WHERE agreement = 1 ORDER BY id"))
		if err != nil {
			return err
		}
		previous, err := collect(each[pakta.Agreement](ctx, tx, "SELECT json FROM agreements WHERE json IS NOT NULL ORDER BY id"))
		if err != nil {
			return err
		}
		d := derivation{tx: tx}
		if err := tx.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'seq'").Scan(&d.seq); err != nil {
			return err
		}
		if err := d.store(ctx, merge(records, previous), previous); err != nil {
			return err
		}
		changed = d.changed
		_, err = tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'seq'", d.seq)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("merge records into agreements: %w", err)
	}
	return changed, nil
}

// derivation writes the differences of one Derive.
type derivation struct {
	tx      *sql.Tx
	seq     int64
	changed int
}

func (d *derivation) store(ctx context.Context, now, previous []*pakta.Agreement) error {
	old := make(map[string]string, len(previous))
	versions := make(map[string]int, len(previous))
	for _, p := range previous {
		text, err := content(p)
		if err != nil {
			return err
		}
		old[p.ID], versions[p.ID] = text, p.Version
	}
	for _, ag := range now {
		text, err := content(ag)
		if err != nil {
			return err
		}
		was, known := old[ag.ID]
		delete(old, ag.ID)
		if known && was == text {
			continue
		}
		stored := *ag
		stored.Version = versions[ag.ID] + 1
		if err := d.put(ctx, stored.ID, &stored); err != nil {
			return err
		}
	}
	for _, p := range previous {
		if _, gone := old[p.ID]; gone {
			if err := d.put(ctx, p.ID, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// content is the agreement's JSON without its version.
func content(ag *pakta.Agreement) (string, error) {
	c := *ag
	c.Version = 0
	text, err := json.Marshal(c)
	return string(text), err
}

// put writes an agreement, or its tombstone, under the next sequence number.
func (d *derivation) put(ctx context.Context, id string, ag *pakta.Agreement) error {
	d.seq++
	d.changed++
	var text any
	if ag != nil {
		b, err := json.Marshal(ag)
		if err != nil {
			return err
		}
		text = string(b)
	}
	_, err := d.tx.ExecContext(ctx, "INSERT INTO agreements VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, json = excluded.json", id, d.seq, text)
	return err
}

func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Agreement is the agreement with this id; [ErrNotFound] when there is none,
// or no longer.
func (a *Archive) Agreement(ctx context.Context, id string) (*pakta.Agreement, error) {
	ag, err := one[pakta.Agreement](ctx, a.read, "SELECT json FROM agreements WHERE id = ? AND json IS NOT NULL", id)
	if err != nil {
		return nil, fmt.Errorf("agreement %s: %w", id, err)
	}
	return ag, nil
}

// Agreements yields all agreements by id.
func (a *Archive) Agreements(ctx context.Context) iter.Seq2[*pakta.Agreement, error] {
	return each[pakta.Agreement](ctx, a.read, "SELECT json FROM agreements WHERE json IS NOT NULL ORDER BY id")
}

// Changes lists the agreements that changed after a sequence number, oldest
// change first, each with its newest content.
func (a *Archive) Changes(ctx context.Context, after int64, limit int) ([]pakta.Change, error) {
	rows, err := a.read.QueryContext(ctx, "SELECT id, seq, json FROM agreements WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
	if err != nil {
		return nil, fmt.Errorf("read changes after %d: %w", after, explain(err))
	}
	defer rows.Close()
	var out []pakta.Change
	for rows.Next() {
		var c pakta.Change
		var text sql.NullString
		if err := rows.Scan(&c.ID, &c.Seq, &text); err != nil {
			return nil, fmt.Errorf("read changes after %d: %w", after, explain(err))
		}
		if text.Valid {
			c.Agreement = new(pakta.Agreement)
			if err := json.Unmarshal([]byte(text.String), c.Agreement); err != nil {
				return nil, fmt.Errorf("read agreement %s: %w", c.ID, err)
			}
		}
		out = append(out, c)
	}
	return out, explain(rows.Err())
}

// LastSeq is the sequence number of the last change, 0 when there is none.
func (a *Archive) LastSeq(ctx context.Context) (int64, error) {
	var seq int64
	if err := a.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'seq'").Scan(&seq); err != nil {
		return 0, fmt.Errorf("read last sequence number: %w", explain(err))
	}
	return seq, nil
}

// Stats counts what the archive holds.
type Stats struct {
	Pages      int                        `json:"pages"`
	Articles   int                        `json:"articles"`
	Records    int                        `json:"records"`
	Relevant   int                        `json:"relevant"` // records that report an agreement
	Agreements int                        `json:"agreements"`
	Addresses  map[pakta.AddressState]int `json:"addresses"`
}

// Stats counts what the archive holds.
func (a *Archive) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Addresses: map[pakta.AddressState]int{}}
	err := a.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM articles), (SELECT count(*) FROM records),
		(SELECT count(*) FROM records WHERE agreement = 1), (SELECT count(*) FROM agreements WHERE json IS NOT NULL)`).
		Scan(&s.Pages, &s.Articles, &s.Records, &s.Relevant, &s.Agreements)
	if err != nil {
		return s, fmt.Errorf("count the archive: %w", explain(err))
	}
	rows, err := a.read.QueryContext(ctx, "SELECT state, count(*) FROM frontier GROUP BY state")
	if err != nil {
		return s, fmt.Errorf("count addresses: %w", explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var state pakta.AddressState
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return s, fmt.Errorf("count addresses: %w", explain(err))
		}
		s.Addresses[state] = n
	}
	return s, explain(rows.Err())
}
