/** One class a command: reads its options, calls the facade and says what came of it. */
package org.mtl4j.cli.command;
