/** The mtl command. */
package org.mtl4j.cli;
