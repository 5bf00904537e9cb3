/** Models that are served: their versions loaded, held by requests, swapped and given up. */
package org.mtl4j.server.model;
