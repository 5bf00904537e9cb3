/** A bottom of fully connected layers. */
package org.mtl4j.models.mlp;
