/** How much of the heap what is learnt from the data may take. */
package org.mtl4j.data.memory;
