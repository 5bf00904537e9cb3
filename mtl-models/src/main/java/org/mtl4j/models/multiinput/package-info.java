/** A network for each group of features under a shared bottom. */
package org.mtl4j.models.multiinput;
