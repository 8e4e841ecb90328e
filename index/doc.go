// Package index finds agreements: full text, filters, facets.
//
// In go changes of agreements from an archive, out come the agreements that a
// query asks for:
//
//	x, err := index.Open(ctx, dir, index.Options{})
//	n, err := x.Follow(ctx, archive)
//	res, err := x.Search(ctx, index.Query{Regions: []string{"15.04"}})
//
// The index is a disposable view behind which Bleve works. It stores the
// sequence number it has followed the archive to in the same batch as the
// documents, so that a kill at any moment loses and repeats nothing. Delete
// its folder and it is made again.
//
// One process holds an index at a time; [Open] waits a little for it and then
// says who does ([ErrLocked]). A damaged folder is set aside, never opened:
// Bleve would delete its files.
package index
