/** What requests look like beside the rows that a model was trained on. */
package org.mtl4j.server.watch;
