// Package web serves the pages on which researchers search the agreements,
// and the JSON of the same.
//
// What goes in: a [Searcher] (the index), an [Archive] (agreements, articles,
// runs) and the names of regions and sectors. What comes out: an
// [http.Handler]. Pages are rendered here, in Indonesian or English, and work
// without JavaScript; everything they need comes from the handler itself.
//
//	h, err := web.New(web.Options{Search: idx, Archive: arc, Regions: set.Regions(), Sectors: set.Sectors()})
//	...
//	err = web.Serve(ctx, listener, h)
//
// A page carries no secret and takes no order: every route answers GET and
// HEAD only, so there is nothing to forge and compression gives nothing away.
// The package has no accounts; whom it is shown to is decided by the address
// that the listener is bound to, and by the names it answers to
// ([Options.Hosts]).
package web
