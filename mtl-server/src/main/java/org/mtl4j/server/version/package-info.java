/** Which versions of a model there are, which of them are to be served, and what to do about it. */
package org.mtl4j.server.version;
