package app

import (
	"cmp"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/translate"
	"entente/internal/vault"
)

// DefaultListen is where a centre answers unless told otherwise: on this
// machine alone, until its operator puts a proxy with TLS before it.
const DefaultListen = "127.0.0.1:8480"

// Role is a part of the work that a process does.
type Role string

const (
	RoleGather  Role = "gather"  // fetches the sources
	RoleProcess Role = "process" // steps, weaving and commits; one process at a time on one database
	RoleWeb     Role = "web"     // the API and the web application
)

// AllRoles is what a process does by default.
var AllRoles = []Role{RoleGather, RoleProcess, RoleWeb}

// ParseRole reads a role's name.
func ParseRole(name string) (Role, error) {
	role := Role(strings.TrimSpace(name))
	if !slices.Contains(AllRoles, role) {
		return "", centre.Invalid("%q is not a role; there are gather, process and web", name)
	}
	return role, nil
}

// Config says which centre to run and how. Folder is needed.
type Config struct {
	Folder   string // database, bus, gazetteer; made where absent
	Database string // PostgreSQL address; "" for SQLite in the folder
	NATS     string // address of a NATS server; "" for one inside the process
	Listen   string // host:port; port 0 for any free one
	Roles    []Role
	Demo     bool // the demo's outlets and one-click sign-in; loopback only
	Secure   bool // people reach it over HTTPS through a trusted proxy
	// PublicURL is where others reach the API from outside, such as
	// https://centre.example; "" where nobody does, and no hub is asked for news.
	PublicURL string
	// KeyFile holds the key that seals the secrets of sources; "" for the one in
	// the folder. Processes on one database share it.
	KeyFile string
	// Window is how many of the newest reports new ones are compared with for
	// copies and stories; 0 for weave.DefaultLimit.
	Window int
	// Translation names the translation provider; nil for none.
	Translation *translate.Config
	Quiet       bool // started for the time of one command: logs warnings only, leaves no address behind
	Log         *slog.Logger
	Clock       func() time.Time // nil for the machine's
}

func (c Config) busFolder() string   { return filepath.Join(c.Folder, "bus") }
func (c Config) gazetteer() string   { return filepath.Join(c.Folder, "gazetteer") }
func (c Config) keyFile() string     { return cmp.Or(c.KeyFile, filepath.Join(c.Folder, vault.FileName)) }
func (c Config) addressFile() string { return filepath.Join(c.Folder, "address") }

func (c Config) has(r Role) bool { return slices.Contains(c.Roles, r) }

func (c Config) now() time.Time {
	if c.Clock != nil {
		return c.Clock()
	}
	return time.Now().UTC()
}
