/** What a server is told to serve. */
package org.mtl4j.server.config;
