/** Requests to recommend and their replies as JSON, and what is said of those that are refused. */
package org.mtl4j.server.recommend;
