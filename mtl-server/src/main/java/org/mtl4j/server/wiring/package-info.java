/** Puts the server together. */
package org.mtl4j.server.wiring;
