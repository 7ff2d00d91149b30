// Package fetch is the only outbound HTTP client of the program.
//
// Sources are outside bytes from addresses that people typed in, so everything
// about them may be hostile. The Client therefore checks the address that is
// really dialled, on every connection and after every redirect, so that neither
// a name that resolves to 127.0.0.1 nor a redirect to a cloud's metadata
// service reaches anything inside; it caps what it reads, before and after
// decompression; it bounds every phase in time; it visits a host politely; and
// it turns what goes wrong into a sentence that names the remedy.
//
// Proxy settings of the environment are ignored on purpose: behind a proxy the
// dialled address would be the proxy's and the check would see nothing.
package fetch
