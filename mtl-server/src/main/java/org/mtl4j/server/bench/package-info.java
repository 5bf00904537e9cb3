/**
 * Load on a server, and what comes of it: requests made of a version's own warm-up rows, clients
 * that wait for their answers (a closed loop) or send at their own times whatever comes back (an
 * open loop), and distributions of latency by HdrHistogram.
 */
package org.mtl4j.server.bench;
