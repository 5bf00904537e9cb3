/** Who may ask, how often, and over what kind of connection. */
package org.mtl4j.server.security;
