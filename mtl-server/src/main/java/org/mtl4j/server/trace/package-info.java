/** What is known of a request when it has ended, and who is told. */
package org.mtl4j.server.trace;
