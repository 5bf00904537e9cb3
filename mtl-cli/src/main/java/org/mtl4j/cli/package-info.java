/** The {@code mtl} command: its start and its wiring. */
package org.mtl4j.cli;
