package app

import (
	"runtime"
	"runtime/debug"
)

// Build is what the program knows of its own making.
type Build struct {
	Version  string `json:"version"`  // of the module; "(devel)" for a build from a working tree
	Revision string `json:"revision"` // of the source; "unknown" where it was not recorded
	Modified bool   `json:"modified"` // the source had changes that were not committed
	Go       string `json:"go"`
}

// Version reads the build's own record.
func Version() Build {
	b := Build{Version: "(devel)", Revision: "unknown", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
