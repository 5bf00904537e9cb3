/** Update rules and their slots, for dense variables and for the touched rows of tables. */
package org.mtl4j.core.optimizer;
