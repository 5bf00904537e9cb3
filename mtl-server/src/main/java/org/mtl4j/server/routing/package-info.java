/** Which version of a model answers a request. */
package org.mtl4j.server.routing;
