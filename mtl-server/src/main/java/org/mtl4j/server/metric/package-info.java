/** What the server counts and measures, as Prometheus reads it. */
package org.mtl4j.server.metric;
