// Package web carries the web application: the files that Vite builds into
// dist, inside the program, so that a centre needs no other file to show its
// screens. Before the first build the folder holds a placeholder alone, and
// the server says that the screens have not been built.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files is the built application: index.html, and hashed files under assets/
// that never change. It is safe for concurrent use.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil { // only for a malformed path, and this one is constant
		panic(err)
	}
	return files
}
