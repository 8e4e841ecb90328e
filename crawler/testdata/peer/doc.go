// Package peer measures pakta's reader of articles against two others, on the
// same pages in one run. It is a module of its own so that pakta does not
// depend on them: make peer.
package peer
