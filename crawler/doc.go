// Package crawler fetches new articles from newsrooms: given nothing but the
// address of a site, it finds out where articles are listed, asks for the ones
// it does not know, once and politely, and reads them out of their pages.
//
// In go sources and a store of what is known already, out come outcomes, one
// for each address, and a report that adds up:
//
//	runs, err := crawler.Run(ctx, crawler.Options{Sources: sources, Store: store})
//	art, err := crawler.ReadArticle(page)
//
// Addresses are found by what a site offers (discover.go): the WordPress REST
// interface, feeds, sitemaps, list pages. Every request goes one way
// (fetch.go, transport.go): private addresses are refused when dialling,
// bodies are bounded after decompression, robots.txt is obeyed, and one host
// gets one request at a time with a pause between them (host.go).
//
// Pages are read (article.go) by the selectors of their site where there are
// some (sites.go, data/sites.csv), by structured data (structured.go, state.go)
// and by what they look like: document.go and lines.go make lines of a page,
// clutter.go knows what surrounds articles, container.go finds the element that
// holds the text, body.go trims it, title.go, author.go and moment.go read
// the rest.
//
// [ReadArticle] is pure: the same page gives the same article. The package
// keeps nothing itself and does not judge what articles say.
package crawler
