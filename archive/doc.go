// Package archive keeps what pakta has collected and derived: pages as they
// came, articles, records, agreements, the frontier of addresses, and the
// reports of runs. It is the truth; everything else can be made again from it.
//
// In go pages, articles and records, out come the same, and the changes of
// agreements in order of sequence number, which an index follows:
//
//	a, err := archive.Open(ctx, "pakta.db")
//	err = a.Finish(ctx, outcome, record)
//	changes, err := a.Changes(ctx, 0, 500)
//
// It is one SQLite file in WAL mode. A method that has returned nil has
// committed: a kill at any later moment loses nothing of it. Any number of
// goroutines and processes may use one file at the same time; writers wait for
// one another. The package neither extracts nor merges; [Archive.Derive] is
// given the merging.
package archive
