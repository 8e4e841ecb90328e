// Package newsroom is a demonstration: three invented outlets with articles
// about invented persons, served over real HTTP on the loopback interface. It
// is what "pakta demo" crawls, and what tests of the crawler ask.
//
//	rooms, err := newsroom.Start(ctx, newsroom.Options{})
//	for _, s := range rooms.Sites() { ... }
//	defer rooms.Close()
//
// The sites are built in the manner of three kinds of real ones: an outlet on
// WordPress (kabar.go), a portal with pages and AMP twins (portal.go), and a
// regional government that has nothing but list pages (pemda.go). Regions and
// laws in the articles are real; persons, outlets and agreements are not.
package newsroom
