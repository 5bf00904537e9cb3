/** The page at {@code /}: what it is made of, and what it shows. */
package org.mtl4j.server.page;
