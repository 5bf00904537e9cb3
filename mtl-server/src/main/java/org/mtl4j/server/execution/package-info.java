/** Runs computations: on so many threads, so many waiting, in batches, each before its deadline. */
package org.mtl4j.server.execution;
